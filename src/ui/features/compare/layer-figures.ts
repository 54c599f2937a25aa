import type { LayerDiagnostics } from '../../../train/wire/protocol';
import { formatNumber, formatPercent } from '../../kit/words/format';
import { updateRatio } from '../../parts/charts/quantities';

/** A figure of a layer, with its explanation. */
export interface LayerFigure {
  name: string;
  help: string;
  /** The figure as the page shows it; `–` if the layer has none. */
  of: (layer: LayerDiagnostics) => string;
}

const shown = (value: number | null, format: (value: number) => string) => (value === null ? '–' : format(value));

/** The figures in which two layers are compared, from the weights to the outputs. */
export const LAYER_FIGURES: readonly LayerFigure[] = [
  {
    name: 'Gradient norm',
    help: 'L2 norm of dL/dw over all weights of the layer',
    of: (layer) => shown(layer.gradientNorm, formatNumber),
  },
  {
    name: 'Weight norm',
    help: 'L2 norm of all weights of the layer',
    of: (layer) => shown(layer.weightNorm, formatNumber),
  },
  {
    name: 'Update norm',
    help: 'L2 norm of the change in one step',
    of: (layer) => shown(layer.updateNorm, formatNumber),
  },
  {
    name: 'Update to weight',
    help: 'Update norm divided by weight norm: around 1e-3 is usual (CS231n)',
    of: (layer) => shown(updateRatio(layer), formatNumber),
  },
  {
    name: 'Activations',
    help: 'Mean and standard deviation of what the layer answers to a few validation images',
    of: ({ activationMean, activationStd }) => `${formatNumber(activationMean)} ± ${formatNumber(activationStd)}`,
  },
  {
    name: 'Dead units',
    help: 'Share of units that answer 0 to all of these images',
    of: (layer) => shown(layer.deadUnits, formatPercent),
  },
  {
    name: 'Saturated',
    help: 'Share of outputs where the activation is flat',
    of: (layer) => shown(layer.saturated, formatPercent),
  },
];
