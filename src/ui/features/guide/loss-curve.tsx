import { formatNumber, formatPercent } from '../../kit/words/format';
import { classNameOf } from '../../kit/words/class-words';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import classes from './guide.module.css';

const WIDTH = 240;
const HEIGHT = 150;
const INSET = { left: 28, bottom: 24, top: 8, right: 8 };
/** The loss at the top of the picture. */
const MOST = 5;

const placeX = (p: number) => INSET.left + p * (WIDTH - INSET.left - INSET.right);
const placeY = (loss: number) => INSET.top + (1 - Math.min(loss, MOST) / MOST) * (HEIGHT - INSET.top - INSET.bottom);

const CURVE = Array.from({ length: 61 }, (_, i) => Math.exp(-MOST * (1 - i / 60)))
  .map((p, i) => `${i === 0 ? 'M' : 'L'}${placeX(p).toFixed(1)} ${placeY(-Math.log(p)).toFixed(1)}`)
  .join('');

/** The curve of -log p, with a point for the network's answer to the chosen image. */
export function LossCurve({ probability, loss, label }: { probability: number; loss: number; label: number }) {
  const { classNames } = useDatasetFacts();
  const words =
    `Loss ${formatNumber(loss)} at a probability of ${formatPercent(probability)} for the right class, ` +
    `${classNameOf(classNames, label)}`;
  return (
    <figure className={classes.curve}>
      <figcaption className={classes.pictureTitle}>
        −log p(
        <ClassName index={label} />) = <b className="numeric">{formatNumber(loss)}</b>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <path d={`M${placeX(0)} ${INSET.top}V${placeY(0)}H${placeX(1)}`} className={classes.axis} />
        <path d={CURVE} className={classes.line} />
        {[0, 0.5, 1].map((p) => (
          <text key={p} x={placeX(p)} y={HEIGHT - 6} textAnchor="middle" className={classes.tick}>
            {p === 0.5 ? 'p = 0.5' : p}
          </text>
        ))}
        {[0, MOST].map((value) => (
          <text key={value} x={INSET.left - 6} y={placeY(value) + 4} textAnchor="end" className={classes.tick}>
            {value}
          </text>
        ))}
        {!Number.isNaN(loss) && <circle cx={placeX(probability)} cy={placeY(loss)} r={5} className={classes.dot} />}
      </svg>
    </figure>
  );
}
