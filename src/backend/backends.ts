import { PlaygroundError, reportOf } from '../errors';
import type { Engine } from './engine';
import type { BackendInfo } from '../train/wire/protocol';

/** How to make each backend. */
export interface EngineFactories {
  webgpu(): Promise<Engine>;
  cpu(): Promise<Engine>;
}

/** What the program that holds the session has to offer: a browser's worker, or Node. */
export interface Platform {
  /** `navigator.gpu` of a browser, or that of Dawn in Node; undefined where there is no WebGPU. */
  gpu: GPU | undefined;
}

/**
 * The backends of a platform. Each is loaded only when asked for, so that the page does not carry
 * what it does not use.
 */
export function engineFactories({ gpu }: Platform): EngineFactories {
  return {
    webgpu: async () => (await import('./webgpu/gpu-engine')).createGpuEngine(gpu),
    cpu: async () => (await import('./cpu/cpu-engine')).createCpuEngine(),
  };
}

export interface ChosenEngine {
  engine: Engine;
  info: BackendInfo;
}

const HOW_TO_GET_WEBGPU =
  'For WebGPU use a recent Chrome, Edge, Firefox or Safari over https (or localhost), with hardware acceleration switched on in its settings.';

/**
 * The backend asked for; `auto` is WebGPU where it can be had, else the CPU with a note why.
 * @throws PlaygroundError if `webgpu` was asked for and cannot be had.
 */
export async function chooseEngine(
  wanted: 'auto' | 'cpu' | 'webgpu',
  factories: EngineFactories,
): Promise<ChosenEngine> {
  switch (wanted) {
    case 'webgpu':
      return withInfo(await factories.webgpu(), '');
    case 'cpu':
      return withInfo(
        await factories.cpu(),
        'Training runs on the CPU, as asked for: slower than WebGPU, and the same otherwise. Take "?backend=cpu" out of the address to use WebGPU.',
      );
    case 'auto':
      try {
        return withInfo(await factories.webgpu(), '');
      } catch (error) {
        return withInfo(await factories.cpu(), cpuNote(error));
      }
    default:
      wanted satisfies never;
      throw new PlaygroundError(`there is no backend "${String(wanted)}".`, { remedy: 'Choose auto, webgpu or cpu.' });
  }
}

function cpuNote(error: unknown): string {
  const { what, remedy } = reportOf(error);
  return `Training runs on the CPU, which is slower: ${what} ${remedy || HOW_TO_GET_WEBGPU}`;
}

function withInfo(engine: Engine, note: string): ChosenEngine {
  return { engine, info: { backend: engine.backend, adapter: engine.adapter, software: engine.software, note } };
}
