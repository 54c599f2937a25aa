import { create } from 'zustand';
import type { Tensor } from '../../../model/initialize';
import type { LayerThumbnail, LayerThumbnails } from '../../../train/wire/protocol';

/**
 * The small pictures of the network view: the output of each layer of the trained network for the
 * chosen image.
 */
export interface ThumbnailStore {
  /** By layer id. Each layer draws its own. */
  outputs: Record<string, LayerThumbnail>;
  image: Tensor | null;
  label: number;
}

export const useThumbnailStore = create<ThumbnailStore>()(() => ({ outputs: {}, image: null, label: -1 }));

export const clearThumbnails = () => useThumbnailStore.setState(useThumbnailStore.getInitialState());

export function showThumbnails({ layers, image, label }: LayerThumbnails): void {
  useThumbnailStore.setState({
    outputs: Object.fromEntries(layers.map((thumbnail) => [thumbnail.layer, thumbnail])),
    image,
    label,
  });
}
