import { useMemo } from 'react';
import type { Shape } from '../../../model/shape';
import {
  channelLayout,
  outputLayout,
  weightLayout,
  type TileLayout,
  type UnitPage,
} from '../../kit/picture/tile-layout';

/**
 * The layout of an output. It is computed again only when the shape changes: every answer brings a
 * new array with, mostly, the same numbers.
 */
export function useOutputLayout(shape: readonly number[]): TileLayout {
  const key = shape.join();
  return useMemo(() => outputLayout(key.split(',').map(Number)), [key]);
}

/**
 * The layout of a whole input, or of one of its channels.
 * @param shape of the image where a dense layer reads one as a vector
 */
export function useInputLayout(shape: readonly number[], channel: number | null): TileLayout {
  const key = shape.join();
  return useMemo(() => {
    const sizes = key.split(',').map(Number);
    return channel !== null && sizes.length === 3 ? channelLayout(sizes, channel) : outputLayout(sizes);
  }, [key, channel]);
}

/** The layout of one output channel. */
export function useChannelLayout(shape: readonly number[], channel: number): TileLayout {
  const key = shape.join();
  return useMemo(() => channelLayout(key.split(',').map(Number), channel), [key, channel]);
}

/** The layout of weights, see {@link weightLayout}. */
export function useWeightLayout(shape: Shape, image: Shape | undefined, page?: UnitPage): TileLayout {
  const key = [...shape, 'of', ...(image ?? [])].join();
  const [first, count] = [page?.first, page?.count];
  return useMemo(
    () => weightLayout(shape, image, first === undefined ? undefined : { first, count: count! }),
    // Every answer brings new shape arrays, so the key compares their contents.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key, first, count],
  );
}
