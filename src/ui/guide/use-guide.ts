import { createContext, use, useCallback, useMemo } from 'react';
import type { Tensor } from '../../model/initialize';
import type { ImageChoice, LayerInspection } from '../../train/protocol';
import { useLive } from '../live/use-live';
import { useImageStore } from '../prediction/image-store';
import { useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import { guideLayers, type GuideLayer, type GuideLayers } from './guide-layers';

const REFRESH_MS = 1000;

/** What the worker says about the layers of the guide, all for the same image. */
export interface GuideAnswers {
  /** [H, W, C] in 0..1 */
  image: Tensor;
  /** -1 if unknown. */
  label: number;
  layers: Record<string, LayerInspection>;
}

export interface Guide extends GuideLayers {
  /** Null until the first answer, and while that of another network is all there is. */
  answers: GuideAnswers | null;
  /** Why there is no answer. */
  problem: string | null;
}

export const GuideContext = createContext<Guide | null>(null);

/** What all chapters look at. */
export function useGuide(): Guide {
  const guide = use(GuideContext);
  if (!guide) throw new Error('useGuide is called outside of GuideContext.');
  return guide;
}

/** Asks for everything the chapters show, again and again while it trains: one question, so that the numbers belong together. */
export function useGuideAnswers(): Guide {
  const playground = usePlayground();
  const layers = useModelStore((state) => state.layers);
  const reports = useModelStore((state) => state.reports);
  const networkIds = useRunStore((state) => state.networkIds);
  const dataset = useRunStore((state) => state.dataset);
  const choice = useImageStore((state) => state.choice);
  const chosen = useMemo(() => guideLayers(layers, reports, networkIds), [layers, reports, networkIds]);
  const ids = idsOf(chosen).join();
  const ask = useCallback(async () => {
    const inspections = await inspectAll(playground.inspectLayer, ids.split(','), choice);
    return { ids, networkIds, ...inspections };
  }, [playground, ids, choice, networkIds]);
  const { value, error } = useLive(ids && dataset ? ask : null, REFRESH_MS);
  const fresh = value?.ids === ids && value.networkIds === networkIds;
  return { ...chosen, answers: fresh ? value : null, problem: error ? [error.what, error.remedy].join(' ') : null };
}

/** The layers that the chapters look at, and those that they read. */
function idsOf({ convolution, dense, pooling, last }: GuideLayers): string[] {
  const wanted = [convolution, dense, pooling, last].flatMap((each) => (each ? [each.layer.id, each.before] : []));
  return [...new Set(wanted.filter((id) => id !== null))];
}

async function inspectAll(
  inspect: (layer: string, image: ImageChoice) => Promise<LayerInspection>,
  ids: readonly string[],
  choice: ImageChoice,
): Promise<GuideAnswers> {
  const inspections = await Promise.all(ids.map((id) => inspect(id, choice)));
  const { image, label } = inspections[0];
  return { image, label, layers: Object.fromEntries(inspections.map((inspection) => [inspection.layer, inspection])) };
}

/** What a layer reads: the output of the layer before it, or the image. Undefined while that is not known. */
export function inputOf({ before }: GuideLayer, answers: GuideAnswers): Tensor | undefined {
  return before === null ? answers.image : answers.layers[before]?.output;
}
