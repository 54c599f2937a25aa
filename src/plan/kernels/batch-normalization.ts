import { gridOf, perItem, wholeVec4s, type Binding, type Dispatch, type LayerSite, type TensorRef } from './launch';
import { sizeOf } from '../../model/shape';

interface Params {
  epsilon: number;
  center: boolean;
  scale: boolean;
}

/** Threads take at least so many vec4s, so that what they do only once weighs little. */
const VEC4S_PER_THREAD = 8;
/** Most shares that a workgroup has to add up for its channel. */
const MAX_SHARES = 4096;

const vec4s = ({ length }: TensorRef) => Math.ceil(length / 4);

/** After so many vec4s the channels of the components repeat. */
function periodOf({ input }: LayerSite): number {
  const channels = input.at(-1)!;
  return channels / (channels % 4 === 0 ? 4 : channels % 2 === 0 ? 2 : 1);
}

function constantsOf({ epsilon, center, scale }: Params, site: LayerSite) {
  const flags = { CENTER: Number(center), SCALE: Number(scale) };
  return { C: site.input.at(-1)!, SIZE: sizeOf(site.input), PERIOD: periodOf(site), EPSILON: epsilon, ...flags };
}

type Bindings = [number, TensorRef, Binding['access']][];

/** A launch of so many threads, or of a workgroup for each channel. */
function launch(
  params: Params,
  site: LayerSite,
  entryPoint: string,
  what: string,
  threads: number | 'perChannel',
  bindings: Bindings,
) {
  const dispatch: Dispatch = perItem(threads === 'perChannel' ? 1 : threads, site.tuning, {
    label: `${site.id} ${what}`,
    shader: 'batch-normalization',
    entryPoint,
    constants: constantsOf(params, site),
    bindings,
    usesStep: true,
  });
  return threads === 'perChannel' ? { ...dispatch, workgroups: gridOf(site.input.at(-1)!) } : dispatch;
}

/**
 * Threads that share a sum over the batch: a multiple of the period, so that each has four fixed
 * channels.
 */
function sharersOf(site: LayerSite): number {
  const period = periodOf(site);
  const most = Math.min(vec4s(site.x), site.tuning.threads, (MAX_SHARES * site.input.at(-1)!) / 4);
  return period * Math.max(1, Math.floor(most / period));
}

/**
 * Threads of a kernel that goes over all values; at least a period, so that each channel has one.
 */
function threadsOf(site: LayerSite): number {
  const items = vec4s(site.x);
  return Math.max(periodOf(site), Math.min(items, Math.max(site.tuning.threads, Math.ceil(items / VEC4S_PER_THREAD))));
}

/** Mean and variance, [channels]: of the batch in training, else the running averages. */
function statistics(site: LayerSite) {
  const channels = site.input.at(-1)!;
  const find = (name: 'movingMean' | 'movingVariance') =>
    site.training ? (site.batchValue(name) ?? site.workspace(name, channels)) : site.weight(name)!;
  return { mean: find('movingMean'), variance: find('movingVariance') };
}

/** In training: mean and variance of the batch. */
export function batchStatistics(params: Params, site: LayerSite): Dispatch[] {
  const { mean, variance } = statistics(site);
  const sharers = sharersOf(site);
  const means = site.workspace('means', 4 * sharers);
  const squares = site.workspace('squares', 4 * sharers);
  return [
    launch(params, site, 'moments', 'moments', sharers, [
      [0, wholeVec4s(site.x), 'read'],
      [1, means, 'read_write'],
      [2, squares, 'read_write'],
    ]),
    launch(params, site, 'mergeMoments', 'mean and variance', 'perChannel', [
      [0, means, 'read_write'],
      [1, squares, 'read_write'],
      [2, mean, 'read_write'],
      [3, variance, 'read_write'],
    ]),
  ];
}

/** y, from the statistics of the batch or the running averages. */
export function normalize(params: Params, site: LayerSite): Dispatch {
  const { mean, variance } = statistics(site);
  return launch(params, site, 'normalize', 'forward', threadsOf(site), [
    [0, wholeVec4s(site.x), 'read_write'],
    [1, mean, 'read'],
    [2, variance, 'read'],
    [3, site.weight('gamma') ?? mean, 'read'],
    [4, site.weight('beta') ?? mean, 'read'],
    [5, wholeVec4s(site.y), 'read_write'],
  ]);
}

/** dgamma and dbeta, which dL/dx needs too: also of a gamma or beta that is not there. */
export function gradientSums(params: Params, site: LayerSite) {
  const { mean, variance } = statistics(site);
  const channels = site.input.at(-1)!;
  const sharers = sharersOf(site);
  const shares = { dgamma: site.workspace('means', 4 * sharers), dbeta: site.workspace('squares', 4 * sharers) };
  const sumOf = (name: 'gamma' | 'beta') =>
    site.weight(name) ? site.partials(name, 1) : site.workspace(name, channels);
  const dgamma = sumOf('gamma');
  const dbeta = sumOf('beta');
  const dispatches = [
    launch(params, site, 'gradientSums', 'sums of dL/dy', sharers, [
      [0, wholeVec4s(site.x), 'read'],
      [1, mean, 'read'],
      [2, variance, 'read'],
      [3, wholeVec4s(site.dy), 'read'],
      [4, shares.dgamma, 'read_write'],
      [5, shares.dbeta, 'read_write'],
    ]),
    launch(params, site, 'mergeSums', 'dL/dgamma, dL/dbeta', 'perChannel', [
      [0, shares.dgamma, 'read_write'],
      [1, shares.dbeta, 'read_write'],
      [2, dgamma, 'read_write'],
      [3, dbeta, 'read_write'],
    ]),
  ];
  return { dispatches, dgamma, dbeta };
}

/** dL/dx, from the sums. */
export function inputGradient(
  params: Params,
  site: LayerSite,
  { dgamma, dbeta }: ReturnType<typeof gradientSums>,
): Dispatch {
  const { mean, variance } = statistics(site);
  const dispatch = launch(params, site, 'inputGradient', 'dL/dx', threadsOf(site), [
    [0, wholeVec4s(site.x), 'read'],
    [1, mean, 'read'],
    [2, variance, 'read'],
    [3, site.weight('gamma') ?? mean, 'read'],
    [4, wholeVec4s(site.dy), 'read_write'],
    [5, dgamma, 'read'],
    [6, dbeta, 'read'],
    [7, wholeVec4s(site.dx!), 'read_write'],
  ]);
  return { ...dispatch, constants: { ...dispatch.constants, TRAINING: Number(site.training) } };
}
