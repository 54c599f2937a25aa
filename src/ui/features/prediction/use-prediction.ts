import { useCallback } from 'react';
import { useLive, type Live } from '../../client/use-live';
import { hasNetwork, trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { useImageStore } from '../../stores/image-store';
import { useStrokesStore } from '../../stores/strokes-store';
import { useSamples } from './use-samples';

/**
 * The image to predict, or null if there is none (the pad is empty, or the data set is loading).
 */
export interface ChosenImage {
  /** Which image it is. It stays the same while a drawing grows. */
  subject: string;
  /** [H, W, C] in 0..1 */
  pixels: Float32Array | null;
  /** -1 if unknown */
  label: number;
}

/** The drawing, or the pixels of the chosen row. */
export function useChosenImage(): ChosenImage {
  const { source, drawn, drawnLabel, row } = useImageStore();
  const samples = useSamples(row.split, row.row, 1);
  const drawing = useStrokesStore((state) => state.drawing);
  if (source === 'drawing') return { subject: `drawing ${drawing}`, pixels: drawn, label: drawnLabel ?? -1 };
  const subject = `${row.split} ${row.row}`;
  if (!samples || samples.split !== row.split || samples.first !== row.row) return { subject, pixels: null, label: -1 };
  return { subject, pixels: samples.images[0] ?? null, label: samples.labels[0] ?? -1 };
}

/** The network's answer for an image. */
export interface Prediction {
  /** The image that the question was about, which may have been drawn on since. */
  pixels: Float32Array;
  probabilities: Float32Array;
}

/**
 * The probabilities of the classes for an image, kept up to date during training. Null while the
 * only answers are about another image, from another network, or from before the data changed.
 */
export function usePrediction({ subject, pixels }: ChosenImage): Live<Prediction> {
  const playground = usePlayground();
  const networkIds = useRunStore(trainedIds);
  const dataset = useRunStore((state) => state.dataset);
  const ready = useRunStore(hasNetwork);
  const ask = useCallback(async () => {
    const run = useRunStore.getState();
    return {
      networkIds: trainedIds(run),
      dataset: run.dataset,
      subject,
      pixels: pixels!,
      probabilities: await playground.predict(pixels!),
    };
  }, [playground, subject, pixels]);
  const { value, error } = useLive(pixels && ready ? ask : null, 250);
  const fresh = value?.subject === subject && value.networkIds === networkIds && value.dataset === dataset;
  return { value: fresh ? value : null, error };
}
