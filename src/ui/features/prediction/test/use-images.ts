import { useEffect, useState } from 'react';
import type { Split } from '../../../../data/dataset';
import { useRunStore } from '../../../stores/run-store';
import { usePlayground } from '../../../client/use-playground';

interface Loaded {
  split: Split;
  /** By row, [H, W, C] in 0..1. */
  images: ReadonlyMap<number, Float32Array>;
}

/**
 * Loads the pixels of some rows of a split.
 * @param rows the same array as long as the rows are the same
 * @returns by row; those that are not loaded yet are missing
 */
export function useImages(split: Split, rows: readonly number[]): ReadonlyMap<number, Float32Array> {
  const playground = usePlayground();
  const dataset = useRunStore((state) => state.dataset);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    if (!dataset || rows.length === 0) return;
    let wanted = true;
    const size = dataset.height * dataset.width * dataset.channels;
    playground.samples({ split, rows: [...rows] }).then(
      ({ images }) => {
        if (!wanted) return;
        const cut = rows.map((row, i): [number, Float32Array] => [
          row,
          Float32Array.from(images.subarray(i * size, (i + 1) * size), (byte) => byte / 255),
        ]);
        setLoaded({ split, images: new Map(cut) });
      },
      () => wanted && setLoaded(null), // the data set was replaced meanwhile: its event asks again
    );
    return () => {
      wanted = false;
    };
  }, [playground, dataset, split, rows]);
  // Rows that were shown before stay visible while the others load.
  return loaded?.split === split ? loaded.images : NONE;
}

const NONE: ReadonlyMap<number, Float32Array> = new Map();
