import { formatPercent } from '../../kit/words/format';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import classes from './prediction.module.css';

interface ClassBarsProps {
  /** One per class, or null if nothing is predicted. */
  probabilities: Float32Array | null;
  /** The true class, -1 if unknown. */
  label: number;
}

/** The probability of every class as a bar with its name. The true class is also named in words. */
export function ClassBars({ probabilities, label }: ClassBarsProps) {
  const { classes: count, classNames } = useDatasetFacts();
  const longest = Math.max(...classNames.map(({ length }) => length));
  const best = probabilities ? bestOf(probabilities) : -1;
  return (
    <ol
      className={classes.bars}
      aria-label="Probability of each class"
      style={{ '--name-width': `${Math.min(14, Math.max(2, longest))}ch` } as React.CSSProperties}
    >
      {Array.from({ length: count }, (_, index) => {
        const share = probabilities?.[index] ?? 0;
        return (
          <li
            key={index}
            className={classes.bar}
            data-best={index === best || undefined}
            data-true={index === label || undefined}
          >
            <span className={classes.class}>
              <ClassName index={index} />
            </span>
            <span className={classes.track}>
              <span className={classes.fill} style={{ width: `${Number.isFinite(share) ? 100 * share : 0}%` }} />
            </span>
            <span className={classes.share}>{probabilities ? formatPercent(share) : '–'}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The index of the largest probability; -1 if all are NaN. */
export function bestOf(probabilities: Float32Array): number {
  let [best, most] = [-1, -Infinity];
  probabilities.forEach((share, index) => {
    if (Number.isFinite(share) && share > most) [best, most] = [index, share];
  });
  return best;
}
