import { reportOf } from '../errors';
import { BACKEND_NAMES, BACKENDS, FALLBACK, type BackendChoice, type BackendName } from './backends';
import type { BackendInfo, Engine } from './engine';

/** What the program that holds the session has to offer: a browser's worker, or Node. */
export interface Platform {
  /** `navigator.gpu` of a browser, or that of Dawn in Node; undefined where there is no WebGPU. */
  gpu: GPU | undefined;
}

/** How to open each backend. It rejects with a PlaygroundError where it cannot be had. */
export type EngineFactories = Record<BackendName, () => Promise<Engine>>;

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
 * The backend asked for; `auto` is the best that can be had, with a note why no better one can.
 * @throws PlaygroundError if the one that was asked for by name cannot be had.
 */
export async function chooseEngine(wanted: BackendChoice, factories: EngineFactories): Promise<ChosenEngine> {
  if (wanted !== 'auto') return withInfo(wanted, await factories[wanted](), BACKENDS[wanted].asked);
  let note = '';
  for (const name of BACKEND_NAMES) {
    if (name === FALLBACK) break;
    try {
      return withInfo(name, await factories[name](), note);
    } catch (error) {
      note ||= fallbackNote(error);
    }
  }
  return withInfo(FALLBACK, await factories[FALLBACK](), note);
}

function fallbackNote(error: unknown): string {
  const { what, remedy } = reportOf(error);
  return `Training runs on the ${BACKENDS[FALLBACK].short}, which is slower: ${what} ${remedy || HOW_TO_GET_WEBGPU}`;
}

function withInfo(backend: BackendName, engine: Engine, note: string): ChosenEngine {
  return { engine, info: { backend, adapter: engine.adapter, software: engine.software, note } };
}
