import { useMemo } from 'react';
import { layerIds } from '../../../model/spec';
import type { Scheme } from '../../kit/palette';
import { trainedSpec } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { trainableLayers } from '../../kit/plot/curves';
import { layerLines, type LayerLine } from './layer-lines';

/**
 * {@link layerLines} for the network in training. The result stays the same object from step to
 * step.
 */
export function useLayerLines(layers: readonly string[], scheme: Scheme): readonly LayerLine[] {
  const network = useRunStore(trainedSpec);
  const normSlots = useRunStore((state) => state.normSlots);
  // A string is equal from step to step, but the array is not.
  const ids = layers.join(' ');
  return useMemo(() => {
    const trained = new Set(trainableLayers(normSlots).map(({ layer }) => layer));
    return layerLines(ids ? ids.split(' ') : [], network ? layerIds(network.layers) : [], trained, scheme);
  }, [ids, network, normSlots, scheme]);
}
