import { useEffect, useState } from 'react';
import type { DatasetInfo, Split } from '../../../data/dataset';
import { runIdOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';

/** Images of the data set. */
export interface Samples {
  split: Split;
  /** The row of the first image. */
  first: number;
  /** One per image, [H, W, C] in 0..1. */
  images: Float32Array[];
  labels: number[];
}

/**
 * Loads `count` images of a split from row `first` on; null until they are there. It follows
 * changes of the data set and its splits.
 */
export function useSamples(split: Split, first: number, count: number): Samples | null {
  const playground = usePlayground();
  const dataset = useRunStore((state) => state.dataset);
  // Another seed or validation share distributes the rows differently, and begins a new run.
  const runId = useRunStore(runIdOf);
  const [found, setFound] = useState<{ dataset: DatasetInfo; samples: Samples } | null>(null);
  useEffect(() => {
    if (!dataset) return;
    let wanted = true;
    const rows = Array.from(
      { length: Math.max(0, Math.min(count, dataset.counts[split] - first)) },
      (_, i) => first + i,
    );
    const size = dataset.height * dataset.width * dataset.channels;
    playground.samples({ split, rows }).then(
      ({ images, labels }) => {
        if (!wanted) return;
        const cut = rows.map((_, i) =>
          Float32Array.from(images.subarray(i * size, (i + 1) * size), (byte) => byte / 255),
        );
        setFound({ dataset, samples: { split, first, images: cut, labels: [...labels] } });
      },
      () => wanted && setFound(null), // the data set was replaced meanwhile: its event asks again
    );
    return () => {
      wanted = false;
    };
  }, [playground, dataset, runId, split, first, count]);
  return found && found.dataset === dataset ? found.samples : null;
}
