import { useComputedColorScheme } from '@mantine/core';
import { signColor } from '../../kit/palette';
import classes from './network.module.css';

/** Explains the colours of the thumbnails. */
export function SignLegend() {
  const scheme = useComputedColorScheme('light');
  const stops = [-1, -0.5, 0, 0.5, 1].map((value) => signColor(value, scheme)).join(', ');
  return (
    <span className={classes.legend}>
      <span>−</span>
      <span
        className={classes.ramp}
        style={{ background: `linear-gradient(to right, ${stops})` }}
        role="img"
        aria-label="Orange is negative, grey is zero, blue is positive"
      />
      <span>+</span>
    </span>
  );
}
