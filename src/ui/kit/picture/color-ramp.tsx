import { useComputedColorScheme } from '@mantine/core';
import { formatNumber } from '../format';
import { signColor } from '../palette';
import classes from './picture.module.css';

interface ColorRampProps {
  kind: 'diverging' | 'sequential' | 'gray';
  /** Value of the last colour. */
  max: number;
  /** There is no value but zeros (or none that is finite), so the range says nothing. */
  allZero: boolean;
  /** What to say then, if it is not that all is zero. */
  emptyWords?: string;
  /** Every unit has a range of its own; `max` is the largest. */
  each?: boolean;
}

/** The legend of a picture: its colours with the values at both ends. */
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
