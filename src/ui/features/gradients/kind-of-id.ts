import { layerKinds, type LayerKindName } from '../../../model/layers';

/** The kind of layer in an id such as `conv2d_1`. */
export function kindOfId(id: string): LayerKindName {
  const kind = id.slice(0, id.lastIndexOf('_'));
  if (!(kind in layerKinds)) throw new Error(`No kind of layer has the id ${id}.`);
  return kind as LayerKindName;
}
