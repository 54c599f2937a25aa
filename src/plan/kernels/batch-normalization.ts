import { channelsOf, sizeOf } from '../../model/shape';
import type { Dispatch, TensorRef } from '../dispatch';
import { gridOf, perItem, wholeVec4s } from './launch';
import type { BackwardSite, ForwardSite, LayerKernels, SpecOf } from './layer-kernels';

type Spec = SpecOf<'batchNormalization'>;

export const batchNormalization: LayerKernels<Spec> = {
  forward(spec, site) {
    return site.training ? [...batchStatistics(spec, site), normalize(spec, site)] : [normalize(spec, site)];
  },
  backward(spec, site) {
    const { scale, center } = spec;
    if (!site.dx && !scale && !center) return [];
    const sums = gradientSums(spec, site);
    return site.dx ? [...sums.dispatches, inputGradient(spec, site, site.dx, sums)] : sums.dispatches;
  },
};

/** Each thread takes at least this many vec4s, so that its one-time work costs little. */
const VEC4S_PER_THREAD = 8;
/** The most shares that a workgroup adds up for its channel. */
const MAX_SHARES = 4096;

const vec4s = ({ length }: TensorRef) => Math.ceil(length / 4);

/** The channels of the components repeat after this many vec4s. */
function periodOf({ input }: ForwardSite): number {
  const channels = channelsOf(input);
  return channels / (channels % 4 === 0 ? 4 : channels % 2 === 0 ? 2 : 1);
}

function constantsOf({ epsilon, center, scale }: Spec, site: ForwardSite) {
  const flags = { CENTER: Number(center), SCALE: Number(scale) };
  return { C: channelsOf(site.input), SIZE: sizeOf(site.input), PERIOD: periodOf(site), EPSILON: epsilon, ...flags };
}

/** A launch of a number of threads, or of one workgroup for each channel. */
function launch(
  spec: Spec,
  site: ForwardSite,
  entryPoint: string,
  what: string,
  threads: number | 'perChannel',
  bindings: Dispatch['bindings'],
) {
  const dispatch: Dispatch = perItem(threads === 'perChannel' ? 1 : threads, site.tuning, {
    label: `${site.id} ${what}`,
    shader: 'batch-normalization',
    entryPoint,
    constants: constantsOf(spec, site),
    bindings,
  });
  return threads === 'perChannel' ? { ...dispatch, workgroups: gridOf(channelsOf(site.input)) } : dispatch;
}

/**
 * Number of threads that share a sum over the batch. It is a multiple of the period, so that each
 * thread has four fixed channels.
 */
function sharersOf(site: ForwardSite): number {
  const period = periodOf(site);
  const most = Math.min(vec4s(site.x), site.tuning.threads, (MAX_SHARES * channelsOf(site.input)) / 4);
  return period * Math.max(1, Math.floor(most / period));
}

/**
 * Number of threads of a kernel over all values: at least a period, so that each channel has one.
 */
function threadsOf(site: ForwardSite): number {
  const items = vec4s(site.x);
  return Math.max(periodOf(site), Math.min(items, Math.max(site.tuning.threads, Math.ceil(items / VEC4S_PER_THREAD))));
}

/** Mean and variance, [channels]: of the batch in training, else the running averages. */
function statistics(site: ForwardSite) {
  const channels = channelsOf(site.input);
  const find = (name: 'movingMean' | 'movingVariance') =>
    site.training ? (site.batchValue(name) ?? site.workspace(name, channels)) : site.weight(name);
  return { mean: find('movingMean'), variance: find('movingVariance') };
}

/** In training: mean and variance of the batch. */
function batchStatistics(spec: Spec, site: ForwardSite): Dispatch[] {
  const { mean, variance } = statistics(site);
  const sharers = sharersOf(site);
  const means = site.workspace('means', 4 * sharers);
  const squares = site.workspace('squares', 4 * sharers);
  return [
    launch(spec, site, 'moments', 'moments', sharers, {
      x: wholeVec4s(site.x),
      shareMean: means,
      shareSquares: squares,
    }),
    launch(spec, site, 'mergeMoments', 'mean and variance', 'perChannel', {
      meanOf: means,
      squaresOf: squares,
      batchMean: mean,
      batchVariance: variance,
    }),
  ];
}

/** y, from the statistics of the batch or the running averages. */
function normalize(spec: Spec, site: ForwardSite): Dispatch {
  const { mean, variance } = statistics(site);
  return launch(spec, site, 'normalize', 'forward', threadsOf(site), {
    xIn: wholeVec4s(site.x),
    mean,
    variance,
    gamma: site.optionalWeight('gamma') ?? mean,
    beta: site.optionalWeight('beta') ?? mean,
    y: wholeVec4s(site.y),
  });
}

/** dgamma and dbeta. dL/dx needs them too, even if the layer has no gamma or beta. */
function gradientSums(spec: Spec, site: BackwardSite) {
  const { mean, variance } = statistics(site);
  const channels = channelsOf(site.input);
  const sharers = sharersOf(site);
  const shares = { dgamma: site.workspace('means', 4 * sharers), dbeta: site.workspace('squares', 4 * sharers) };
  const sumOf = (name: 'gamma' | 'beta') =>
    site.optionalWeight(name) ? site.partials(name, 1) : site.workspace(name, channels);
  const dgamma = sumOf('gamma');
  const dbeta = sumOf('beta');
  const dispatches = [
    launch(spec, site, 'gradientSums', 'sums of dL/dy', sharers, {
      x: wholeVec4s(site.x),
      mean,
      variance,
      dyIn: wholeVec4s(site.dy),
      shareDgamma: shares.dgamma,
      shareDbeta: shares.dbeta,
    }),
    launch(spec, site, 'mergeSums', 'dL/dgamma, dL/dbeta', 'perChannel', {
      dgammaOf: shares.dgamma,
      dbetaOf: shares.dbeta,
      dgamma,
      dbeta,
    }),
  ];
  return { dispatches, dgamma, dbeta };
}

/** dL/dx, from the sums. */
function inputGradient(
  spec: Spec,
  site: BackwardSite,
  dx: TensorRef,
  { dgamma, dbeta }: ReturnType<typeof gradientSums>,
): Dispatch {
  const { mean, variance } = statistics(site);
  const dispatch = launch(spec, site, 'inputGradient', 'dL/dx', threadsOf(site), {
    x: wholeVec4s(site.x),
    mean,
    variance,
    gamma: site.optionalWeight('gamma') ?? mean,
    dy: wholeVec4s(site.dy),
    dgammaIn: dgamma,
    dbetaIn: dbeta,
    dx: wholeVec4s(dx),
  });
  return { ...dispatch, constants: { ...dispatch.constants, TRAINING: Number(site.training) } };
}
