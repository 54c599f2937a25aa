import classes from './plot.module.css';
import type { Mark } from './curves';
import type { PlotScale } from './plot-scale';

/**
 * Draws crosses at the upper edge where a value is NaN or infinite, and triangles at the lower edge
 * where a value is zero on a log axis.
 */
export function EdgeMarks({
  marks,
  scale: { area, x: xOf },
}: {
  marks: readonly (Mark & { color: string })[];
  scale: PlotScale;
}) {
  return marks.map(({ step, label, edge, color }, i) => {
    const x = xOf(step);
    // The marks of lines that fail at the same step are stacked, and one label is enough for all of
    // them.
    const before = marks.slice(0, i).filter((mark) => mark.step === step && mark.edge === edge).length;
    const y = edge === 'top' ? area.top + 7 + 11 * before : area.bottom - 6 - 9 * before;
    // Values usually fail at the newest step, where the label has no room on the right.
    const late = x > area.right - 48;
    const shape = edge === 'top' ? 'M-4-4L4 4M4-4L-4 4' : 'M-4-3L4-3L0 4Z';
    return (
      <g key={i} transform={`translate(${x} ${y})`} data-mark={label}>
        <title>{`${label} from step ${step} on`}</title>
        {edge === 'top' && before === 0 && <line y1={0} y2={area.bottom - area.top - 7} className={classes.markLine} />}
        <path d={shape} stroke={color} strokeWidth={2} fill={edge === 'top' ? 'none' : color} />
        {edge === 'top' && before === 0 && (
          <text x={late ? -7 : 7} y={4} textAnchor={late ? 'end' : 'start'} className={classes.markLabel}>
            {label}
          </text>
        )}
      </g>
    );
  });
}
