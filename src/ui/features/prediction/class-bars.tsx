import { formatPercent } from '../../kit/format';
import classes from './prediction.module.css';

interface ClassBarsProps {
  /** One per class, or null if nothing is predicted. */
  probabilities: Float32Array | null;
  count: number;
  /** The true class, -1 if unknown. */
  label: number;
}

/**
 * The probability of every class as a bar with its number. The true class is also named in words.
 */
export function ClassBars({ probabilities, count, label }: ClassBarsProps) {
  const best = probabilities ? bestOf(probabilities) : -1;
  return (
    <ol className={classes.bars} aria-label="Probability of each class">
      {Array.from({ length: count }, (_, digit) => {
        const share = probabilities?.[digit] ?? 0;
        return (
          <li
            key={digit}
            className={classes.bar}
            data-best={digit === best || undefined}
            data-true={digit === label || undefined}
          >
            <span className={classes.digit}>{digit}</span>
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
  let best = -1;
  probabilities.forEach((share, digit) => {
    if (Number.isFinite(share) && (best < 0 || share > probabilities[best])) best = digit;
  });
  return best;
}
