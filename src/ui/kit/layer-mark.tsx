import { useComputedColorScheme } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconArrowsMinimize,
  IconBaselineDensitySmall,
  IconBoxPadding,
  IconDropletOff,
  IconGridDots,
  IconLayersIntersect,
  IconPlus,
  IconShieldHalf,
  IconTopologyFull,
  IconTransform,
  IconWaveSine,
} from '@tabler/icons-react';
import type { Family } from '../../model/layer-kind';
import type { LayerKindName } from '../../model/layers';
import { kindOf } from '../../model/spec';
import { familyColor } from './palette';
import classes from './layer-mark.module.css';

// Each family has a sign as well as a hue: colour is never the only difference.
const FAMILY_ICONS: Record<Family, typeof IconGridDots> = {
  convolution: IconGridDots,
  pooling: IconArrowsMinimize,
  dense: IconTopologyFull,
  activation: IconWaveSine,
  regularisation: IconShieldHalf,
  shape: IconLayersIntersect,
};

/** Signs of single kinds, in families whose kinds have little in common. */
const KIND_ICONS: Partial<Record<LayerKindName, typeof IconGridDots>> = {
  batchNormalization: IconAdjustmentsHorizontal,
  dropout: IconDropletOff,
  flatten: IconBaselineDensitySmall,
  reshape: IconTransform,
  zeroPadding2d: IconBoxPadding,
  add: IconPlus,
};

/** The sign of a kind of layer, in the hue of its family. */
export function LayerMark({ kind, size = 24 }: { kind: LayerKindName; size?: number }) {
  const { family } = kindOf(kind);
  const color = familyColor(family, useComputedColorScheme('light'));
  const Icon = KIND_ICONS[kind] ?? FAMILY_ICONS[family];
  return (
    <span data-layer-mark className={classes.mark} style={{ color, width: size, height: size }} aria-hidden>
      <Icon size={size * 0.62} stroke={2} />
    </span>
  );
}
