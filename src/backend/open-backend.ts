import { reportOf } from '../errors';
import { BACKEND_NAMES, BACKENDS, FALLBACK, type BackendChoice, type BackendName } from './backends';
import type { BackendInfo, Engine } from './engine';

/** Facilities of the program that holds the session, which is a browser's worker or Node. */
export interface Platform {
  /** `navigator.gpu` of a browser, or of Dawn in Node; undefined if there is no WebGPU. */
  gpu: GPU | undefined;
}

/** How to open each backend. Rejects with a PlaygroundError if the backend is not available. */
export type EngineFactories = Record<BackendName, () => Promise<Engine>>;

/**
 * The backends of a platform. The code of each is loaded only on demand, so that the page does not
 * load code that it does not use.
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
  'For WebGPU use a recent Chrome, Edge, Firefox or Safari over https (or localhost), ' +
  'with hardware acceleration switched on in its settings.';

/**
 * Opens the wanted backend. `auto` means the best available one, with a note why no better one is.
 * @throws PlaygroundError if a backend that was chosen by name is not available.
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
