import { useComputedColorScheme } from '@mantine/core';
import { formatNumber } from '../words/format';
import { signColor } from '../palette';
import classes from './picture.module.css';

interface ColorRampProps {
  kind: 'diverging' | 'sequential' | 'gray';
  /** The value of the last colour. */
  max: number;
  /** All values are zero, or none is finite: then the range says nothing. */
  allZero: boolean;
  /** The words for that case, if it is not that all values are zero. */
  emptyWords?: string;
  /** Whether every unit has its own range; `max` is then the largest. */
  each?: boolean;
}

/** The legend of a picture: its colours, with the values at both ends. */
export function ColorRamp({ kind, max, allZero, emptyWords = 'all zero', each }: ColorRampProps) {
  const scheme = useComputedColorScheme('light');
  if (allZero) return <span className={classes.ramp}>{emptyWords}</span>;
  const signs = (kind === 'diverging' ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1]).map((value) => signColor(value, scheme));
  const colors = kind === 'gray' ? ['#000', '#fff'] : signs;
  const end = each ? 'own max' : formatNumber(max);
  return (
    <span className={classes.ramp}>
      <span>{kind === 'diverging' ? `−${end}` : '0'}</span>
      <span className={classes.rampBar} style={{ background: `linear-gradient(to right, ${colors.join(', ')})` }} />
      <span>{kind === 'diverging' ? `+${end}` : end}</span>
    </span>
  );
}
