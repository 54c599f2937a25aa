import { at, last } from '../../../at';
import type { ResolvedModel } from '../../../model/resolve';
import type { BatchTrace } from '../../../train/wire/protocol';
import { formatCount, formatNumber, formatPercent } from '../../kit/words/format';
import { oneOf } from '../../kit/words/class-words';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { formatProbability } from './format-probability';
import { ScrollTable } from './scroll-table';
import { useStepStore } from './step-store';
import classes from './step.module.css';

/**
 * Shows the scores of the chosen image, the probabilities that softmax makes of them, and the loss,
 * number by number.
 */
export function LossStage({ trace, model }: { trace: BatchTrace; model: ResolvedModel }) {
  const example = useStepStore((state) => state.example);
  const { classes: count } = model;
  const { classNames } = useDatasetFacts();
  const label = at(trace.labels, example);
  const row = (data: Float32Array) => data.subarray(example * count, (example + 1) * count);
  const [logits, probabilities] = [row(trace.logits.data), row(trace.probabilities.data)];
  const gradient = row(last(trace.layers).outputGradient.data);
  const images = trace.labels.length;
  return (
    <>
      <div className={classes.formula}>
        <div className={classes.equations} role="math">
          <div>p[c] = exp(z[c]) / ∑ₖ exp(z[k])</div>
          <div>
            loss of this image = −log p[
            <ClassName index={label} />] = −log {formatProbability(at(probabilities, label))} ={' '}
            <b>{formatNumber(at(trace.losses, example))}</b>
          </div>
          <div>
            L = mean over {formatCount(images)} images = <b>{formatNumber(trace.loss)}</b>
          </div>
          <div>∂L/∂z[c] = (p[c] − [c is the true class]) / {formatCount(images)}</div>
        </div>
        <div className={classes.formulaNote}>
          Guessing among {count} classes has a loss of log {count} = {formatNumber(Math.log(count))}. Right in this
          batch: {formatPercent(trace.accuracy)}. The logarithm is taken of the scores directly, never of a probability
          that may be 0.
        </div>
      </div>
      <ScrollTable name="Scores of the chosen image">
        <table className={`${classes.table} numeric`}>
          <caption className={classes.caption}>The chosen image, {oneOf(classNames, label)}</caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Logit z</th>
              <th scope="col" className={classes.barColumn}>
                Probability p
              </th>
              <th scope="col">True</th>
              <th scope="col">∂L/∂z</th>
            </tr>
          </thead>
          <tbody>
            {[...logits].map((logit, c) => (
              <tr key={c} data-true={c === label || undefined}>
                <th scope="row">
                  <ClassName index={c} />
                </th>
                <td>{formatNumber(logit)}</td>
                <td className={classes.barColumn}>
                  <Probability share={at(probabilities, c)} />
                </td>
                <td>{c === label ? '1' : '0'}</td>
                <td>{formatNumber(at(gradient, c))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </>
  );
}

function Probability({ share }: { share: number }) {
  return (
    <span className={classes.probability}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${Number.isFinite(share) ? 100 * share : 0}%` }} />
      </span>
      <span>{formatPercent(share)}</span>
    </span>
  );
}
