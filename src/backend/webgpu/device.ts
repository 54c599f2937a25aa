import { PlaygroundError } from '../../errors';
import type { Tuning } from '../../plan/dispatch';
import { kindOfAdapter, tuningFor, type AdapterKind } from './tuning';

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

/** Limits to raise to the adapter's maximum, because they bound the batch size and the network. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * Asks for the fastest adapter and a device on it.
 * @param gpu `navigator.gpu` of a browser, or of Dawn in Node; undefined if there is none. The
 * constants of WebGPU (`GPUBufferUsage`, ...) must be global, as in a browser.
 * @param onError receives every GPU error that no error scope catches.
 * @param tuneFor tunes kernels for an adapter of that kind, even if this adapter is of another kind
 * @throws PlaygroundError saying why there is no device.
 */
export async function openGpu(
  gpu: GPU | undefined,
  onError: (error: PlaygroundError) => void,
  tuneFor?: AdapterKind,
): Promise<Gpu> {
  if (!gpu) {
    throw new PlaygroundError('this browser does not offer WebGPU here.', {
      remedy: 'Use a current Chrome, Edge, Firefox or Safari, and open the page over https or from localhost.',
    });
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new PlaygroundError('the browser knows WebGPU but found no usable graphics adapter.', {
      remedy:
        'Turn on hardware acceleration in the browser settings and update the ' +
        'graphics driver; on Linux see chrome://gpu.',
    });
  }
  const requiredLimits = Object.fromEntries(RAISED.map((limit) => [limit, adapter.limits[limit]]));
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : [];
  const device = await adapter.requestDevice({ label: 'playground', requiredLimits, requiredFeatures });
  device.addEventListener('uncapturederror', ({ error }) =>
    onError(new PlaygroundError(`the GPU reports: ${error.message}`)),
  );
  const kind = kindOfAdapter(adapter.info);
  const software = kind === 'software';
  return {
    device,
    name: nameOf(adapter.info, software),
    software,
    tuning: tuningFor(tuneFor ?? kind, device),
    lost: device.lost.then(({ message, reason }) => message || `the device was ${reason}`),
  };
}

/**
 * The largest size of a buffer, whatever the adapter allows, because WGSL counts bytes in 32 bits
 * and the shaders count elements in 31.
 */
const ADDRESSABLE = 2 ** 32 - 4;

/** Bytes of the largest buffer that a shader can have as one binding. */
export function bufferLimit({ limits }: GPUDevice): number {
  return Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize, ADDRESSABLE);
}

function nameOf({ vendor, architecture, description }: GPUAdapterInfo, software: boolean): string {
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  return software ? `${name} (software)` : name;
}
