import { useMemo } from 'react';
import type { ErrorReport } from '../../../errors';
import { REFRESH_MS } from '../../../pace';
import type { LayerTensors } from '../../../model/explain/factors';
import type { Shape } from '../../../model/shape';
import type { ResolvedLayer } from '../../../model/resolve';
import type { LayerInspection } from '../../../train/wire/protocol';
import { useLive } from '../../client/use-live';
import { useImageStore } from '../../stores/image-store';
import { useModelStore } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { fits, imageBefore } from '../../parts/tensors/inspected-layer';

/** A layer of the stack, with the worker's answer about it. */
export interface Inspected {
  uid: string;
  layer: ResolvedLayer;
  /** All layers of the network up to and including this one. */
  upTo: readonly ResolvedLayer[];
  /** The shape of the image, if this dense layer reads one as a vector. */
  image: Shape | undefined;
  inspection: LayerInspection;
}

/** Keeps the answer about a layer up to date. `inspected` is null until there is one. */
export function useInspection(uid: string): { inspected: Inspected | null; error: ErrorReport | null } {
  const playground = usePlayground();
  const id = useRunStore((state) => trainedIds(state)[uid]);
  const hasData = useRunStore((state) => state.dataset !== null);
  const choice = useImageStore((state) => state.choice);
  const place = usePlace(uid);
  const ask = useMemo(
    () => (id && hasData ? () => playground.inspectLayer(id, choice) : null),
    [playground, id, hasData, choice],
  );
  const { value, error } = useLive<LayerInspection>(ask, REFRESH_MS.inspection);
  const inspected = useMemo(() => {
    if (!value || !place || value.layer !== id || !fits(place.layer, value)) return null;
    return { uid, ...place, inspection: value };
  }, [uid, id, place, value]);
  return { inspected, error };
}

/** The layer as it is in the stack, or null while its shapes are unknown. */
function usePlace(uid: string) {
  const layers = useModelStore((state) => state.layers);
  const reports = useModelStore((state) => state.reports);
  return useMemo(() => {
    const index = layers.findIndex((layer) => layer.uid === uid);
    const layer = reports[index]?.resolved;
    if (!layer) return null;
    const upTo = reports
      .slice(0, index + 1)
      .flatMap(({ bypassed, resolved }) => (bypassed || !resolved ? [] : [resolved]));
    return { layer, upTo, image: imageBefore(reports, index) };
  }, [layers, reports, uid]);
}

/** The tensors that the layer computed with. */
export function tensorsOf({ input, skip, weights }: LayerInspection): LayerTensors {
  return {
    input: input.data,
    skip: skip?.data,
    weights: Object.fromEntries(weights.map(({ name, value }) => [name, value.data])),
  };
}
