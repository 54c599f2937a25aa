import { at } from '../../../../at';
import { formatNumber } from '../../../kit/words/format';
import { SourceLink } from '../../../kit/source-link';
import { isRunning } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { Chapter, Missing, ShowMe } from '../chapter';
import { ClassRows } from '../class-rows';
import { useScores, type Scores } from '../use-scores';

/** Shows the first gradient of the backward pass, as computed here and as the engine has it. */
export function BackwardChapter() {
  const scores = useScores();
  return (
    <Chapter
      name="backward"
      more={
        <>
          <ShowMe view="step">Show me one batch, step by step</ShowMe> Read on:{' '}
          <SourceLink href="https://cs231n.github.io/optimization-2/">CS231n, backpropagation</SourceLink>.
        </>
      }
    >
      <p>
        To learn, we must know which way each number should move. The slope of the loss by a score is as simple as can
        be: the probability that the network gave, minus the one it should have given. For the right class p − 1, below
        0: raise this score. For all others p, above 0: lower them. The column adds up to 0. From here the chain rule
        carries the slope back, layer by layer.
      </p>
      <Gradient scores={scores} />
    </Chapter>
  );
}

function Gradient({ scores }: { scores: Scores | null }) {
  const running = useRunStore(isRunning);
  if (!scores?.gradient)
    return (
      <Missing>
        {scores ? 'Without a label there is no gradient: choose an image that has one.' : 'Waiting for the scores…'}
      </Missing>
    );
  const { label, probabilities, gradient, engineGradient } = scores;
  const truth = probabilities.map((_, index) => (index === label ? 1 : 0));
  const difference = engineGradient && Math.max(...gradient.map((value, i) => Math.abs(value - at(engineGradient, i))));
  return (
    <>
      <ClassRows
        caption="dL/d(scores) of this image"
        label={label}
        columns={[
          { name: 'p', values: probabilities, format: formatNumber },
          { name: 'y', values: truth, format: formatNumber },
          { name: 'p − y', values: gradient, format: formatNumber, full: 1 },
          ...(engineGradient ? [{ name: 'Engine', values: engineGradient, format: formatNumber }] : []),
        ]}
      />
      {difference !== null && !running && (
        <p className="numeric">
          The last column is what the engine&rsquo;s own backward pass has stored; the largest difference is{' '}
          {formatNumber(difference)}.
        </p>
      )}
    </>
  );
}
