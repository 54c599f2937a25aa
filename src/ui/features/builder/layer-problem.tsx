import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { layerIds } from '../../../model/spec';
import { bringIntoSight } from '../../kit/into-sight';
import { inSentences } from '../../kit/words/sentence';
import { specOf, useModelStore, type StackReport } from '../../stores/model/model-store';
import { hasNetwork, isRunning } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import { repairLayer } from './commands';
import { offeredRepairs } from './offered-repairs';

const problemId = (uid: string) => `problem-${uid}`;

/**
 * Says what is wrong with a layer, offers repairs as buttons if there are some, and says what is
 * trained meanwhile.
 */
export function LayerProblem({ uid, report: { id, problem } }: { uid: string; report: StackReport }) {
  const what = problem?.what;
  useEffect(() => {
    // Does not scroll while the user is typing: the field would move away.
    if (what && !document.activeElement?.matches('input, textarea')) bringIntoSight(problemId(uid));
  }, [what, uid]);
  if (!problem) return null;
  return (
    <div id={problemId(uid)} className={classes.problem} data-problem-text>
      <div role="alert">
        <strong>{inSentences({ what: problem.what, remedy: '' })}</strong> {problem.remedy}
      </div>
      <Repairs id={id} />
      <Meanwhile />
    </div>
  );
}

function Repairs({ id }: { id: string }) {
  const input = useModelStore((state) => state.input);
  const layers = useModelStore((state) => state.layers);
  const classCount = useModelStore((state) => state.data.classes);
  const repairs = useMemo(() => {
    const spec = specOf({ name: '', input, layers });
    return offeredRepairs(spec, layerIds(spec.layers).indexOf(id), classCount);
  }, [input, layers, classCount, id]);
  if (repairs.length === 0) return null;
  return (
    <div className={classes.repairs} role="group" aria-label={`Repairs of ${id}`}>
      {repairs.map((repair) => (
        <Tooltip key={repair.label} label="Mends the stack in one step; undo takes it back">
          <Button size="compact-xs" variant="default" onClick={() => repairLayer(id, repair)}>
            {repair.label}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}

function Meanwhile() {
  const known = useRunStore(hasNetwork);
  const running = useRunStore(isRunning);
  if (!known) return null;
  return (
    <p className={classes.meanwhile}>
      Meanwhile the last valid network {running ? 'goes on training' : 'stays in place'}.
    </p>
  );
}
