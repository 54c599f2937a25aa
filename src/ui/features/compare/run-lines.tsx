import { useComputedColorScheme } from '@mantine/core';
import { LineSample } from '../../parts/charts/chart-figure';
import type { PlotLine } from '../../kit/plot/plot-point';
import type { Scheme } from '../../kit/palette';
import type { Side } from './compare-store';

// Violet and green can be told apart with the common colour-vision deficiencies too. Neither colour
// means train, validation or a sign here.
const COLORS: Record<Side, Record<Scheme, string>> = {
  a: { light: '#4651cd', dark: '#97a2ff' },
  b: { light: '#0b7a62', dark: '#3ccfa6' },
};
/** A dash pattern, so colour is not the only sign. */
const DASHES: Record<Side, string | undefined> = { a: undefined, b: '6 3' };

export const runColor = (side: Side, scheme: Scheme) => COLORS[side][scheme];
export const runDash = (side: Side) => DASHES[side];

/** The lines of two runs, and dots for their validation results. */
export function linesOf(scheme: Scheme): PlotLine[] {
  const sides: Side[] = ['a', 'b'];
  return sides.flatMap((side): PlotLine[] => [
    { key: side, color: COLORS[side][scheme], dash: DASHES[side], width: 2 },
    { key: `${side}Validation`, color: COLORS[side][scheme], dash: '1 4', width: 1, sparse: true },
  ]);
}

/** A piece of the run's line as in the charts. */
export function RunSample({ side }: { side: Side }) {
  const scheme = useComputedColorScheme('light');
  return <LineSample color={COLORS[side][scheme]} dash={DASHES[side]} width={2.5} />;
}
