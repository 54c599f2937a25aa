import type { Tuning } from '../../plan/dispatch';

/** The kind of an adapter: a program on the processor, or a real GPU. */
export type AdapterKind = 'software' | 'hardware';

/** A GPU has many lanes. Splitting a reduction into more, smaller parts keeps them busy. */
const HARDWARE: Tuning = { workgroup: 64, threads: 16384, subgroupsOf4: false };
/** A CPU that emulates a GPU has few lanes, so large register tiles and small groups suit it. */
const SOFTWARE: Tuning = { workgroup: 32, threads: 256, subgroupsOf4: false };
/** A software adapter whose lanes can share loaded values. */
const SOFTWARE_WITH_SUBGROUPS: Tuning = { ...SOFTWARE, subgroupsOf4: true };

/** All tunings in use. */
export const TUNINGS: readonly Tuning[] = [HARDWARE, SOFTWARE, SOFTWARE_WITH_SUBGROUPS];

/** Chooses the tuning of kernels for an adapter. */
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
