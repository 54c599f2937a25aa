import { create } from 'zustand';
import type { DatasetInfo, Split } from '../../data/dataset';
import type { ImageChoice } from '../../train/wire/protocol';
import { useRunStore } from './run-store';

export interface RowChoice {
  split: Split;
  row: number;
}

/** Which image the thumbnails, the inspector and the prediction look at. */
export interface ImageState {
  /**
   * The image in use. There always is one: the drawing if it was chosen and is not empty, otherwise
   * the chosen row of the data set.
   */
  choice: ImageChoice;
  /**
   * Whether the draw pad or the data set was used last. If this is `drawing` and the pad is empty,
   * nothing is predicted.
   */
  source: 'dataset' | 'drawing';
  /** The last chosen row. It is kept while a drawing is shown. */
  row: RowChoice;
  /** The drawing as the network sees it, [H, W, C] in 0..1; null while the pad is empty. */
  drawn: Float32Array | null;
  /** The class that the person meant to draw. It lets dL/d(output) be shown for a drawing too. */
  drawnLabel: number | undefined;
  chooseRow: (split: Split, row: number) => void;
  /** @param pixels [H, W, C] in 0..1, or null for an emptied pad */
  draw(pixels: Float32Array | null): void;
  /** Replaces the drawing with the same drawing at another image size, without choosing it. */
  refit(pixels: Float32Array | null): void;
  labelDrawing: (label: number | undefined) => void;
  /**
   * Drops every choice that the new data cannot show: a row beyond its end, or a drawing or label
   * that does not fit.
   */
  fitDataset(info: DatasetInfo): void;
  /** Switches between the last chosen row and the drawing. */
  show: (source: ImageState['source']) => void;
}

type Parts = Pick<ImageState, 'source' | 'row' | 'drawn' | 'drawnLabel'>;

function choiceOf({ source, row, drawn, drawnLabel }: Parts): ImageChoice {
  return source === 'drawing' && drawn ? { pixels: drawn, label: drawnLabel } : row;
}

/** The wanted split or, if it is empty, another split that has images. */
const filledSplit = ({ counts }: DatasetInfo, wanted: Split): Split =>
  [wanted, 'test' as const, 'train' as const].find((split) => counts[split] > 0) ?? wanted;

export const useImageStore = create<ImageState>()((set, get) => {
  const change = (parts: Partial<Parts>) => set((state) => ({ ...parts, choice: choiceOf({ ...state, ...parts }) }));
  const row: RowChoice = { split: 'test', row: 0 };
  return {
    choice: row,
    source: 'dataset',
    row,
    drawn: null,
    drawnLabel: undefined,
    chooseRow: (split, at) => change({ source: 'dataset', row: { split, row: at } }),
    draw: (drawn) => change({ source: 'drawing', drawn }),
    refit: (drawn) => change({ drawn }),
    labelDrawing: (drawnLabel) => change({ drawnLabel }),
    fitDataset(info) {
      const { row: at, source, drawn, drawnLabel } = get();
      const size = info.height * info.width * info.channels;
      change({
        row: at.row < info.counts[at.split] ? at : { split: filledSplit(info, at.split), row: 0 },
        source: info.drawing ? source : 'dataset',
        drawn: info.drawing && drawn?.length === size ? drawn : null,
        drawnLabel: drawnLabel !== undefined && drawnLabel < info.classes ? drawnLabel : undefined,
      });
    },
    show: (source) => change({ source }),
  };
});

useRunStore.subscribe(({ dataset }, before) => {
  if (dataset && dataset !== before.dataset) useImageStore.getState().fitDataset(dataset);
});
