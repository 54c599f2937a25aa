import { useComputedColorScheme } from '@mantine/core';
import { IconArrowsMinimize, IconGridDots, IconLayersIntersect, IconShieldHalf, IconTopologyFull, IconWaveSine } from '@tabler/icons-react';
import type { Family } from '../../model/layer-kind';
import { familyColor } from '../palette';
import classes from './builder.module.css';

// Each family has a sign as well as a hue: colour is never the only difference.
const ICONS: Record<Family, typeof IconGridDots> = {
  convolution: IconGridDots,
  pooling: IconArrowsMinimize,
  dense: IconTopologyFull,
  activation: IconWaveSine,
  regularisation: IconShieldHalf,
  shape: IconLayersIntersect,
};

/** The sign of a layer family in its hue. */
export function FamilyMark({ family, size = 24 }: { family: Family; size?: number }) {
  const color = familyColor(family, useComputedColorScheme('light'));
  const Icon = ICONS[family];
  return (
    <span className={classes.mark} style={{ color, width: size, height: size }} aria-hidden>
      <Icon size={size * 0.62} stroke={2} />
    </span>
  );
}
