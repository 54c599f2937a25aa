import type { Tuning } from '../../plan/dispatch';

/** What an adapter is: a program on the processor, or a real GPU. */
export type AdapterKind = 'software' | 'hardware';

/** Many lanes to fill; more, smaller parts of a reduction keep them busy. */
const HARDWARE: Tuning = { workgroup: 64, threads: 16384, subgroupsOf4: false };
/** A CPU pretending to be a GPU: few lanes, so large register tiles and small groups. */
const SOFTWARE: Tuning = { workgroup: 32, threads: 256, subgroupsOf4: false };
/** The same where lanes can share what they have loaded. */
const SOFTWARE_WITH_SUBGROUPS: Tuning = { ...SOFTWARE, subgroupsOf4: true };

/** Every tuning that is in use. */
export const TUNINGS: readonly Tuning[] = [HARDWARE, SOFTWARE, SOFTWARE_WITH_SUBGROUPS];

/** How kernels are cut on an adapter. */
export function tuningFor(kind: AdapterKind, device: GPUDevice): Tuning {
  if (kind === 'hardware') return HARDWARE;
  return hasSubgroupsOf4(device) ? SOFTWARE_WITH_SUBGROUPS : SOFTWARE;
}

function hasSubgroupsOf4({ features, adapterInfo }: GPUDevice): boolean {
  return features.has('subgroups') && adapterInfo.subgroupMinSize === 4 && adapterInfo.subgroupMaxSize === 4;
}

export function kindOfAdapter({ architecture, isFallbackAdapter }: GPUAdapterInfo): AdapterKind {
  const isProgram = isFallbackAdapter === true || /swiftshader|llvmpipe|warp|basic render/i.test(architecture);
  return isProgram ? 'software' : 'hardware';
}
