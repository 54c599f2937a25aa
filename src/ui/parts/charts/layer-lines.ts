import { layerColor, type Scheme } from '../../kit/palette';

/** The look of a layer's line. */
export interface LayerLine {
  color: string;
  dash: string | undefined;
}

/** Lines of neighbouring depth also differ in their dashes, so that colour is not the only sign. */
const TRAINED = [undefined, '7 3', '2 3'];
/**
 * The dashes of layers with nothing to train. They are separate, so that the other layers get the
 * same dashes in a chart that leaves these layers out.
 */
const OTHERS = ['5 2 1 2', '4 4'];

/**
 * The lines of layers. A layer has the same line in every chart.
 * @param ids the layers that a chart shows
 * @param network ids of all layers, in depth order
 * @param trained ids of the layers that have something to train
 */
export function layerLines(
  ids: readonly string[],
  network: readonly string[],
  trained: ReadonlySet<string>,
  scheme: Scheme,
): LayerLine[] {
  // For a moment after a change, the numbers may still belong to another network.
  const all = ids.every((id) => network.includes(id)) ? network : ids;
  const others = all.filter((id) => !trained.has(id));
  const own = all.filter((id) => trained.has(id));
  return ids.map((id) => ({
    color: layerColor(all.indexOf(id), all.length, scheme),
    dash: trained.has(id) ? TRAINED[own.indexOf(id) % TRAINED.length] : OTHERS[others.indexOf(id) % OTHERS.length],
  }));
}
