import { layerColor, type Scheme } from '../../kit/palette';

/** How the line of a layer looks. */
export interface LayerLine {
  color: string;
  dash: string | undefined;
}

/** Colour is not the only sign: lines of neighbouring depth also differ in their dashes. */
const TRAINED = [undefined, '7 3', '2 3'];
/**
 * Of layers with nothing to train. They have dashes of their own: a chart without them draws all
 * others as a chart with them does.
 */
const OTHERS = ['5 2 1 2', '4 4'];

/**
 * The lines of layers, each the same in every chart.
 * @param ids of the layers that a chart shows
 * @param network ids of all layers, in depth order
 * @param trained ids of those that have something to train
 */
export function layerLines(
  ids: readonly string[],
  network: readonly string[],
  trained: ReadonlySet<string>,
  scheme: Scheme,
): LayerLine[] {
  // For a moment after a change the network may be another one than the numbers are of.
  const all = ids.every((id) => network.includes(id)) ? network : ids;
  const others = all.filter((id) => !trained.has(id));
  const own = all.filter((id) => trained.has(id));
  return ids.map((id) => ({
    color: layerColor(all.indexOf(id), all.length, scheme),
    dash: trained.has(id) ? TRAINED[own.indexOf(id) % TRAINED.length] : OTHERS[others.indexOf(id) % OTHERS.length],
  }));
}
