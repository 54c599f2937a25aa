import { at } from '../../../at';
import { required } from '../../../errors';
import { OPTIMIZERS } from '../../../model/optimizers';
import { SETTING_FIELDS, type TrainSettings } from '../../../model/settings';
import { layerIds, type ModelSpec } from '../../../model/spec';
import { summaryOf } from '../../kit/words/layer-summary';
import { scalingWords } from '../../kit/words/scaling-words';
import { formatCount, formatMilliseconds, formatNumber, formatPercent, formatShape } from '../../kit/words/format';
import type { FirstWeights, KeptEvaluation, KeptRun } from '../../stores/kept-run';

/**
 * One line of the comparison. `better` names the side with the better result, if one can be called
 * better.
 */
export interface Difference {
  name: string;
  a: string;
  b: string;
  better?: 'a' | 'b';
}

const MISSING = '–';

/** The layers and settings in which two runs differ; those in which they agree are left out. */
export function differencesOf(a: KeptRun, b: KeptRun): Difference[] {
  const pairs = [
    pair('Data', a.dataset, b.dataset),
    pair('Input', formatShape(a.model.input), formatShape(b.model.input)),
    pair('Input scaling', scalingWords(a.model.inputScaling), scalingWords(b.model.inputScaling)),
    pair('Backend', a.backend, b.backend),
    pair('First weights', firstWeightsOf(a), firstWeightsOf(b)),
    ...settingPairs(a.settings, b.settings),
    orderPair(layerIds(a.model.layers), layerIds(b.model.layers)),
    ...layerPairs(a.model, b.model),
  ];
  return pairs.filter((line) => line.a !== line.b);
}

const pair = (name: string, a: string, b: string): Difference => ({ name, a, b });

const FIRST_WEIGHTS: Record<FirstWeights, string> = {
  fresh: 'drawn anew',
  pretrained: 'pre-trained',
  restored: 'of an earlier visit',
  file: 'from a file',
  kept: 'kept from the network before',
  set: 'set by a script',
};

const firstWeightsOf = ({ firstWeights }: KeptRun) => (firstWeights ? FIRST_WEIGHTS[firstWeights] : 'unknown');

function settingPairs(a: TrainSettings, b: TrainSettings): Difference[] {
  const shown = (settings: TrainSettings) => {
    const { kind, ...optimizer } = settings.optimizer;
    const own = Object.entries(optimizer).map(([name, value]) => [labelOf(kind, name), exact(value)] as const);
    const fields = Object.entries(SETTING_FIELDS).map(([name, { label }]) => {
      return [label, exact(settings[name as keyof typeof SETTING_FIELDS])] as const;
    });
    return new Map([['Optimizer', OPTIMIZERS[kind].label] as const, ...own, ...fields]);
  };
  return merged(shown(a), shown(b));
}

function labelOf(kind: TrainSettings['optimizer']['kind'], name: string): string {
  const fields: Record<string, { label: string }> = OPTIMIZERS[kind].fields;
  return required(fields[name], `field "${name}" of the optimizer ${kind}`).label;
}

/** Settings with all their digits: two that differ only in the fourth place still differ. */
const exact = (value: number) => String(value);

/**
 * The order of the layers that both networks have. Ids are counted per kind, so layers that changed
 * places may have the same ids, and comparing them one by one may show no difference.
 */
function orderPair(a: readonly string[], b: readonly string[]): Difference {
  const common = (ids: readonly string[], others: readonly string[]) =>
    ids.filter((id) => others.includes(id)).join(', ');
  return pair('Order of layers', common(a, b), common(b, a));
}

function layerPairs(a: ModelSpec, b: ModelSpec): Difference[] {
  const shown = ({ layers }: ModelSpec) => {
    const ids = layerIds(layers);
    return new Map(layers.map((spec, i) => [at(ids, i), summaryOf(spec) || 'as by default'] as const));
  };
  return merged(shown(a), shown(b));
}

/**
 * Pairs the entries of two lists by name: first the entries of the first list in their order, then
 * those that only the second list has.
 */
function merged(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): Difference[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].map((name) => pair(name, a.get(name) ?? MISSING, b.get(name) ?? MISSING));
}

/** The results of two runs, in numbers. */
export function resultsOf(a: KeptRun, b: KeptRun): Difference[] {
  const validation = (run: KeptRun) =>
    run.evaluations.filter(({ split }) => split === 'validation').map(({ accuracy }) => accuracy);
  const best = (run: KeptRun) => largest(validation(run));
  return [
    line('Steps', a, b, ({ steps }) => steps, formatCount),
    line('Epochs completed', a, b, ({ epoch }) => epoch, formatCount),
    line('Parameters', a, b, ({ parameters }) => parameters, formatCount),
    line('Last training loss', a, b, ({ rows }) => rows.at(-1)?.loss, formatNumber, 'least'),
    line('Last training accuracy', a, b, ({ rows }) => rows.at(-1)?.accuracy, formatPercent, 'most'),
    line('Best validation accuracy', a, b, best, formatPercent, 'most'),
    line('Last validation accuracy', a, b, (run) => validation(run).at(-1), formatPercent, 'most'),
    line('Test accuracy', a, b, (run) => testOf(run)?.accuracy, formatPercent, 'most'),
    line('Time per step', a, b, ({ msPerStep }) => msPerStep || undefined, formatMilliseconds, 'least'),
    line('Images per second', a, b, ({ examplesPerSecond }) => examplesPerSecond || undefined, formatNumber, 'most'),
  ];
}

const testOf = ({ evaluations }: KeptRun): KeptEvaluation | undefined =>
  evaluations.findLast(({ split, whole }) => split === 'test' && whole);
const largest = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : undefined);

function line(
  name: string,
  a: KeptRun,
  b: KeptRun,
  figure: (run: KeptRun) => number | undefined,
  format: (value: number) => string,
  wanted?: 'least' | 'most',
): Difference {
  const [x, y] = [figure(a), figure(b)];
  const text = (value: number | undefined) => (value === undefined ? MISSING : format(value));
  const shown = pair(name, text(x), text(y));
  if (!wanted || x === undefined || y === undefined || shown.a === shown.b || Number.isNaN(x) || Number.isNaN(y))
    return shown;
  return { ...shown, better: x > y === (wanted === 'most') ? 'a' : 'b' };
}
