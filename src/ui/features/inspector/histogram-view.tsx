import { useComputedColorScheme } from '@mantine/core';
import type { Histogram } from '../../../train/wire/protocol';
import { formatCount, formatNumber } from '../../kit/words/format';
import { signColor } from '../../kit/palette';
import classes from './inspector.module.css';
import { anyFinite, notFiniteWords } from '../../kit/picture/value-range';

const WIDTH = 200;
const HEIGHT = 48;

/**
 * Shows how the values of a tensor are spread: bars left of zero in orange, right of it in blue,
 * and zero as a line.
 */
export function HistogramView({ histogram, name }: { histogram: Histogram; name: string }) {
  const scheme = useComputedColorScheme('light');
  const { min, max, smallest, largest, mean, std, counts, below, above, notANumber, infinite } = histogram;
  const zero = min < 0 && max > 0 ? (WIDTH * -min) / (max - min) : null;
  if (!anyFinite(histogram)) return <NothingFinite histogram={histogram} name={name} />;
  const words =
    `${name}: from ${formatNumber(smallest)} to ${formatNumber(largest)}, mean ${formatNumber(mean)}, standard ` +
    `deviation ${formatNumber(std)}`;
  return (
    <div className={classes.histogram}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        className={classes.bars}
      >
        <title>
          {`${words}. Fullest bin: ${formatCount(Math.max(...counts))} values; ` +
            `${formatCount(below + above)} lie outside the bins.`}
        </title>
        <path d={barsPath(histogram, -1)} fill={signColor(-0.5, scheme)} />
        <path d={barsPath(histogram, 1)} fill={signColor(0.5, scheme)} />
        {zero !== null && (
          <line x1={zero} x2={zero} y1={0} y2={HEIGHT} className={classes.zeroLine} vectorEffect="non-scaling-stroke" />
        )}
      </svg>
      <div className={classes.bounds}>
        <span>
          {below > 0 && '< '}
          {formatNumber(min)}
        </span>
        <span>
          mean {formatNumber(mean)} ± {formatNumber(std)}
        </span>
        <span>
          {formatNumber(max)}
          {above > 0 && ' <'}
        </span>
      </div>
      {notANumber + infinite > 0 && <div className={classes.notFinite}>{notFiniteWords(notANumber, infinite)}</div>}
    </div>
  );
}

/**
 * Takes the place of the bars when no value is finite: a bar chart would show zeros that are not
 * there.
 */
function NothingFinite({ histogram: { notANumber, infinite }, name }: { histogram: Histogram; name: string }) {
  const words = `no finite value: ${notFiniteWords(notANumber, infinite)}`;
  return (
    <div className={classes.histogram}>
      <div className={classes.noBars} role="img" aria-label={`${name}: ${words}`}>
        {words}
      </div>
    </div>
  );
}

/** One path for all bars whose middle has the given sign. */
function barsPath({ min, max, counts }: Histogram, sign: -1 | 1): string {
  const most = Math.max(...counts, 1);
  const width = WIDTH / counts.length;
  let path = '';
  counts.forEach((count, bin) => {
    const middle = min + ((bin + 0.5) * (max - min)) / counts.length;
    if (count === 0 || middle < 0 !== sign < 0) return;
    // Every bin that holds a value stays visible.
    const height = Math.max(1, (count / most) * HEIGHT);
    path +=
      `M${(bin * width + 0.4).toFixed(1)} ` +
      `${HEIGHT}v${(-height).toFixed(1)}h${(width - 0.8).toFixed(1)}v${height.toFixed(1)}z`;
  });
  return path;
}
