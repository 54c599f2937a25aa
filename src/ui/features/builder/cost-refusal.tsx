import { Button } from '@mantine/core';
import { formatCount } from '../../kit/words/format';
import { inSentences } from '../../kit/words/sentence';
import { useCostStore } from '../../stores/cost-store';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import classes from './cost.module.css';

/**
 * Says why the network on the page cannot be trained on this machine, with a button that solves it
 * if there is one. It does not repeat what a banner already says.
 */
export function CostRefusal() {
  const problem = useCostStore((state) => state.cost?.problem);
  const largestBatch = useCostStore((state) => state.cost?.largestBatch ?? 0);
  const inBanner = useRunStore((state) => state.problem?.error.what === problem?.what);
  const playground = usePlayground();
  if (!problem) return null;
  return (
    <div className={classes.problem} role="alert">
      {!inBanner && <strong>{inSentences({ what: problem.what, remedy: '' })}</strong>} {problem.remedy}{' '}
      {largestBatch > 0 && (
        <Tooltip label="Sets the batch size to the largest that fits; a new run begins">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => playground.changeSettings({ batchSize: largestBatch })}
          >
            Use batch {formatCount(largestBatch)}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
