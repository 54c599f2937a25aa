import { useComputedColorScheme } from '@mantine/core';
import { formatNumber } from '../words/format';
import { signColor } from '../palette';
import classes from './picture.module.css';
import { emptyWords, valueRange } from './value-range';

/** More values than this are better shown as a picture. */
export const MOST_BARS = 32;

const HEIGHT = 56;
const STEP = 20;

interface UnitBarsProps {
  data: Float32Array;
  label: string;
  /** The unit whose number is set in bold. */
  highlight?: number;
  onPickUnit?: (unit: number) => void;
}

/** A short vector as signed bars around zero, one per unit, numbered from 0. */
export function UnitBars({ data, label, highlight, onPickUnit }: UnitBarsProps) {
  const scheme = useComputedColorScheme('light');
  const { max } = valueRange(data);
  const half = HEIGHT / 2;
  const colors = { below: signColor(-0.5, scheme), above: signColor(0.5, scheme) };
  const values = [...data];
  return (
    <div className={classes.units}>
      <svg
        viewBox={`0 0 ${STEP * values.length} ${HEIGHT + 14}`}
        className={classes.unitBars}
        style={{ maxWidth: 28 * values.length }}
        role="img"
        aria-label={`${label}: ${values.map((value, unit) => `${unit}: ${formatNumber(value)}`).join(', ')}`}
      >
        <line x1={0} x2={STEP * values.length} y1={half} y2={half} className={classes.zeroLine} />
        {values.map((value, unit) => {
          const size = Number.isFinite(value) && max > 0 ? (Math.abs(value) / max) * (half - 1) : 0;
          return (
            <g
              key={unit}
              transform={`translate(${unit * STEP} 0)`}
              onPointerDown={onPickUnit && (() => onPickUnit(unit))}
            >
              <title>{`${unit}: ${formatNumber(value)}`}</title>
              <rect width={STEP} height={HEIGHT + 14} fill="transparent" />
              <rect
                x={3}
                width={STEP - 6}
                y={value < 0 ? half : half - size}
                height={size}
                fill={value < 0 ? colors.below : colors.above}
                rx={1}
              />
              <text
                x={STEP / 2}
                y={HEIGHT + 11}
                textAnchor="middle"
                className={unit === highlight ? classes.unitStrong : classes.unit}
              >
                {unit}
              </text>
            </g>
          );
        })}
      </svg>
      <div className={classes.legend}>
        <span className={classes.ramp}>{max === 0 ? emptyWords(data) : `±${formatNumber(max)}`}</span>
      </div>
    </div>
  );
}
