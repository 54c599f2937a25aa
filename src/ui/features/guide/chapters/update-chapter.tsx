import { at } from '../../../../at';
import { OPTIMIZERS } from '../../../../model/optimizers';
import { formatNumber } from '../../../kit/words/format';
import { SourceLink } from '../../../kit/source-link';
import { useRunStore } from '../../../stores/run-store';
import { Chapter, ShowMe } from '../chapter';
import classes from '../guide.module.css';
import { updateRule } from '../update-rule';
import { useFilter } from '../use-convolution';

/** Shows how the chosen optimizer turns a gradient into a change of the weights. */
export function UpdateChapter() {
  const optimizer = useRunStore((state) => state.settings.optimizer);
  const batchSize = useRunStore((state) => state.settings.batchSize);
  const { lines, words } = updateRule(optimizer);
  return (
    <Chapter
      name="update"
      more={
        <>
          <ShowMe view="gradients">Show me how far each layer moves</ShowMe> Read on:{' '}
          <SourceLink href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015, Adam</SourceLink>.
        </>
      }
    >
      <p>
        The gradient g points uphill, so every weight goes the other way. One step takes the mean gradient of a batch,
        here of {batchSize} images; the next step takes the next {batchSize}. The optimizer decides how far. Set at the
        moment: <b>{OPTIMIZERS[optimizer.kind].label}</b>.
      </p>
      <pre className={`${classes.formula} numeric`} tabIndex={0} aria-label="Update rule">
        {lines.join('\n')}
      </pre>
      <p>{words}</p>
      <OneWeight />
    </Chapter>
  );
}

/** Shows the numbers of one real weight, if there are any yet. */
function OneWeight() {
  const work = useFilter();
  const rate = useRunStore((state) => state.settings.optimizer.learningRate);
  if (!work?.batchGradient) return null;
  const [w, g] = [at(work.weight.data, work.filter), at(work.batchGradient.data, work.filter)];
  return (
    <p className={`${classes.sum} numeric`}>
      The top left weight of filter {work.filter} is {formatNumber(w)}, its gradient in the last step was{' '}
      {formatNumber(g)}. Plain SGD with the same learning rate would change it by {formatNumber(-rate * g)}.
    </p>
  );
}
