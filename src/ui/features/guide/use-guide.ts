import { createContext, use, useCallback, useMemo } from 'react';
import { at } from '../../../at';
import { REFRESH_MS } from '../../../pace';
import type { Tensor } from '../../../model/initialize';
import type { ImageChoice, LayerInspection } from '../../../train/wire/protocol';
import { useLive } from '../../client/use-live';
import { fits } from '../../parts/tensors/inspected-layer';
import { useImageStore } from '../../stores/image-store';
import { useModelStore } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { guideLayers, type GuideLayer, type GuideLayers } from './guide-layers';

/** The worker's answers about the layers of the guide, all for the same image. */
export interface GuideAnswers {
  /** [H, W, C] in 0..1 */
  image: Tensor;
  /** The image's label, -1 if unknown. */
  label: number;
  layers: Record<string, LayerInspection>;
}

export interface Guide extends GuideLayers {
  /** Null before the first answer, and while the only answer is about another network. */
  answers: GuideAnswers | null;
  /** Why there is no answer. */
  problem: string | null;
}

export const GuideContext = createContext<Guide | null>(null);

/** What all chapters show. */
export function useGuide(): Guide {
  const guide = use(GuideContext);
  if (!guide) throw new Error('useGuide is called outside of GuideContext.');
  return guide;
}

/**
 * Asks again and again during training for everything that the chapters show. It is one question,
 * so the numbers belong together.
 */
export function useGuideAnswers(): Guide {
  const playground = usePlayground();
  const layers = useModelStore((state) => state.layers);
  const reports = useModelStore((state) => state.reports);
  const networkIds = useRunStore(trainedIds);
  const dataset = useRunStore((state) => state.dataset);
  const choice = useImageStore((state) => state.choice);
  const chosen = useMemo(() => guideLayers(layers, reports, networkIds), [layers, reports, networkIds]);
  const ids = [...new Set(chosenIn(chosen).map(({ layer }) => layer.id))].join();
  const ask = useCallback(async () => {
    const inspections = await inspectAll(playground.inspectLayer, ids.split(','), choice);
    return { ids, networkIds, ...inspections };
  }, [playground, ids, choice, networkIds]);
  const { value, error } = useLive(ids && dataset ? ask : null, REFRESH_MS.guide);
  const fresh =
    value?.ids === ids &&
    value.networkIds === networkIds &&
    chosenIn(chosen).every(({ layer }) => {
      const inspection = value.layers[layer.id];
      return inspection !== undefined && fits(layer, inspection);
    });
  return { ...chosen, answers: fresh ? value : null, problem: error ? [error.what, error.remedy].join(' ') : null };
}

/** The layers that the chapters show. */
const chosenIn = ({ convolution, dense, pooling, last }: GuideLayers): GuideLayer[] =>
  [convolution, dense, pooling, last].filter((each) => each !== null);

async function inspectAll(
  inspect: (layer: string, image: ImageChoice) => Promise<LayerInspection>,
  ids: readonly string[],
  choice: ImageChoice,
): Promise<GuideAnswers> {
  const inspections = await Promise.all(ids.map((id) => inspect(id, choice)));
  const { image, label } = at(inspections, 0);
  return { image, label, layers: Object.fromEntries(inspections.map((inspection) => [inspection.layer, inspection])) };
}
