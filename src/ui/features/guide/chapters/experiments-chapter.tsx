import { Button } from '@mantine/core';
import { IconArrowBackUp, IconFlask } from '@tabler/icons-react';
import { formatExact, formatNumber, formatPercent } from '../../../kit/words/format';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { useRunStore } from '../../../stores/run-store';
import { useSeriesStore } from '../../../stores/series-store';
import { Tooltip } from '../../../kit/tooltip';
import { Chapter, ShowMe } from '../chapter';
import { EXPERIMENTS, guessAmong } from '../experiments';
import classes from '../guide.module.css';
import { useExperiments } from '../use-experiments';

/** Experiments that go wrong, or right, for the reader to try. */
export function ExperimentsChapter() {
  const { done, busy, run, undo } = useExperiments();
  const guess = guessAmong(useDatasetFacts().classes);
  return (
    <Chapter
      name="experiments"
      more={
        <>
          <ShowMe view="train">Show me the charts</ShowMe> <ShowMe view="gradients">Show me the gradients</ShowMe>
        </>
      }
    >
      <p>
        Each button changes the page and starts training at once. Undo brings back your network, its settings and its
        weights; only the curves start over.
      </p>
      <ul className={classes.experiments}>
        {EXPERIMENTS.map((experiment) => (
          <li key={experiment.id} className={classes.experiment} data-done={experiment === done || undefined}>
            <Tooltip
              label={'Changes the page and starts training at once; undo ' + 'brings your network and its weights back'}
            >
              <Button
                size="sm"
                variant="default"
                leftSection={<IconFlask size={16} stroke={1.7} aria-hidden />}
                disabled={busy}
                onClick={() => void run(experiment)}
              >
                {experiment.title}
              </Button>
            </Tooltip>
            <p>
              <b>Watch:</b> {experiment.watch(guess)}
            </p>
          </li>
        ))}
      </ul>
      <div className={classes.row}>
        <Progress />
        <Tooltip label="Network, settings and weights as they were before the experiment">
          <Button
            size="sm"
            variant="light"
            leftSection={<IconArrowBackUp size={16} stroke={1.7} aria-hidden />}
            disabled={!done || busy}
            onClick={() => void undo()}
          >
            Undo: back to my network
          </Button>
        </Tooltip>
      </div>
    </Chapter>
  );
}

/** Shows the state of training, so nobody has to leave the page to see whether it learns. */
function Progress() {
  const step = useRunStore((state) => state.step);
  const last = useSeriesStore((state) => state.shown.recent.at(-1));
  return (
    <span className={`${classes.now} numeric`}>
      Step <b>{formatExact(step)}</b>, loss <b>{last ? formatNumber(last.loss) : '–'}</b>, accuracy{' '}
      <b>{last ? formatPercent(last.accuracy) : '–'}</b>
    </span>
  );
}
