import { at } from '../../../at';
import type { Fields } from '../../../model/fields';
import { isNormalization, SCALING_RANGES, type InputScaling } from '../../../model/input-scaling';
import type { LayerSpec } from '../../../model/layers';
import { OPTIMIZERS, type OptimizerInfo } from '../../../model/optimizers';
import { SETTING_FIELDS, type TrainSettings } from '../../../model/settings';
import { kindOf } from '../../../model/spec';

/**
 * The undo label of an edit of a layer's fields, in the imperative: `change filters of conv2d_1`.
 */
export function editLabel(id: string, { kind }: LayerSpec, names: readonly string[]): string {
  const { fields } = kindOf(kind);
  return `change ${names.map((name) => labelIn(fields, name)).join(' and ')} of ${id}`;
}

/** The names of the settings that differ. Those of the optimizer have the prefix `optimizer.`. */
export function changedSettings(before: TrainSettings, after: TrainSettings): string[] {
  const flat = ({ optimizer, ...rest }: TrainSettings): Record<string, unknown> => ({
    ...rest,
    ...Object.fromEntries(Object.entries(optimizer).map(([name, value]) => [`optimizer.${name}`, value])),
  });
  const [from, to] = [flat(before), flat(after)];
  return Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
}

/** The undo label of another input scaling: `scale the input to 0..255`. */
export function scalingLabel(scaling: InputScaling): string {
  if (isNormalization(scaling)) return 'normalize the input';
  return `scale the input to ${SCALING_RANGES[scaling].label}`;
}

/** The undo label of a settings change: `change batch size`, `choose SGD`, `change 3 settings`. */
export function settingsLabel(names: readonly string[], after: TrainSettings): string {
  const { label, fields }: OptimizerInfo = OPTIMIZERS[after.optimizer.kind];
  const isOfOptimizer = (name: string) => name.startsWith('optimizer.');
  if (names.includes('optimizer.kind') && names.every(isOfOptimizer)) return `choose ${label}`;
  if (names.length > 1) return `change ${names.length} settings`;
  const name = at(names, 0);
  return (
    'change ' +
    `${isOfOptimizer(name) ? labelIn(fields, name.slice('optimizer.'.length)) : labelIn(SETTING_FIELDS, name)}`
  );
}

/**
 * The label of a field in the middle of a sentence: `batch size`, but `L2`. Text in brackets at the
 * end of the label is left out.
 */
function labelIn(fields: Fields, name: string): string {
  const label = (fields[name]?.label ?? name).replace(/ \(.*\)$/, '');
  return /^[A-Z]\d/.test(label) ? label : label.toLowerCase();
}
