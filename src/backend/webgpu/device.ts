import { PlaygroundError } from '../../errors';
import type { Tuning } from '../../plan/kernels/launch';

/** A GPU that is ready for use. */
export interface Gpu {
  device: GPUDevice;
  /** Name for a person, such as "nvidia ampere" or "SwiftShader (software)". */
  name: string;
  /** The adapter is a program on the processor. */
  software: boolean;
  tuning: Tuning;
  /** Resolves with the reason when the device is lost. Never rejects. */
  lost: Promise<string>;
}

/** Limits worth raising to what the adapter has: they bound the batch size and the network. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * Asks for the fastest adapter and a device on it.
 * @param gpu what a browser has as `navigator.gpu`, and Dawn gives to Node; undefined where there is
 * none. The constants of WebGPU (`GPUBufferUsage`, ...) must be global, as in a browser.
 * @param onError receives every GPU error that no error scope catches.
 * @throws PlaygroundError saying why there is no device.
 */
export async function openGpu(gpu: GPU | undefined, onError: (error: PlaygroundError) => void): Promise<Gpu> {
  if (!gpu) {
    throw new PlaygroundError('this browser does not offer WebGPU here.', {
      remedy: 'Use a current Chrome, Edge, Firefox or Safari, and open the page over https or from localhost.',
    });
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new PlaygroundError('the browser knows WebGPU but found no usable graphics adapter.', {
      remedy:
        'Turn on hardware acceleration in the browser settings and update the graphics driver; on Linux see chrome://gpu.',
    });
  }
  const requiredLimits = Object.fromEntries(RAISED.map((limit) => [limit, adapter.limits[limit]]));
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : [];
  const device = await adapter.requestDevice({ label: 'playground', requiredLimits, requiredFeatures });
  device.addEventListener('uncapturederror', ({ error }) =>
    onError(new PlaygroundError(`the GPU reports: ${error.message}`)),
  );
  const software = isSoftware(adapter.info);
  return {
    device,
    name: nameOf(adapter.info, software),
    software,
    tuning: software ? { ...SOFTWARE, subgroupsOf4: hasSubgroupsOf4(device) } : HARDWARE,
    lost: device.lost.then(({ message, reason }) => message || `the device was ${reason}`),
  };
}

/**
 * WGSL counts bytes in 32 bits, and the shaders elements in 31: no buffer may be larger, whatever
 * the adapter allows.
 */
const ADDRESSABLE = 2 ** 32 - 4;

/** Bytes of the largest buffer that a shader can have as one binding. */
export function bufferLimit({ limits }: GPUDevice): number {
  return Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize, ADDRESSABLE);
}

/** A CPU pretending to be a GPU: few lanes, so large register tiles and small groups. */
const SOFTWARE: Tuning = { workgroup: 32, threads: 256, subgroupsOf4: false };
/** Many lanes to fill; more, smaller parts of a reduction keep them busy. */
const HARDWARE: Tuning = { workgroup: 64, threads: 16384, subgroupsOf4: false };

function hasSubgroupsOf4({ features, adapterInfo }: GPUDevice): boolean {
  return features.has('subgroups') && adapterInfo.subgroupMinSize === 4 && adapterInfo.subgroupMaxSize === 4;
}

function isSoftware({ architecture, isFallbackAdapter }: GPUAdapterInfo): boolean {
  return isFallbackAdapter === true || /swiftshader|llvmpipe|warp|basic render/i.test(architecture);
}

function nameOf({ vendor, architecture, description }: GPUAdapterInfo, software: boolean): string {
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  return software ? `${name} (software)` : name;
}
