/** Texts about a backend that people see. */
interface BackendWords {
  label: string;
  /** A label for places with little room. */
  short: string;
  about: string;
  /** Shown if somebody chose this backend by name although another would be better. Else empty. */
  asked: string;
  /** Whether its kernels are shaders whose source can be shown. */
  shaders: boolean;
}

/**
 * The backends that can train a network, the best first. The last one runs everywhere. One entry
 * registers a backend; the compiler then demands code that opens the backend (open-backend.ts).
 */
export const BACKENDS = {
  webgpu: {
    label: 'WebGPU',
    short: 'WebGPU',
    about: 'Forward, backward and update run as compute shaders on this adapter.',
    asked: '',
    shaders: true,
  },
  cpu: {
    label: 'CPU reference',
    short: 'CPU',
    about:
      'The same network in plain JavaScript, in a worker: every number is right, but each step takes longer ' +
      'than on a GPU.',
    asked:
      'Training runs on the CPU, as asked for: slower than WebGPU, and the same otherwise. ' +
      'Take "?backend=cpu" out of the address to use WebGPU.',
    shaders: false,
  },
} satisfies Record<string, BackendWords>;

export type BackendName = keyof typeof BACKENDS;

export const BACKEND_NAMES = Object.keys(BACKENDS) as BackendName[];

/** A possible choice: a certain backend, or the best available one. */
export type BackendChoice = BackendName | 'auto';

/** The backend to use if no better one is available. */
export const FALLBACK: BackendName = 'cpu';

export function isBackendName(name: unknown): name is BackendName {
  return typeof name === 'string' && Object.hasOwn(BACKENDS, name);
}

/** Reads a name from outside, such as from a page address: `auto` if no backend has this name. */
export function choiceOf(name: string | null | undefined): BackendChoice {
  return isBackendName(name) ? name : 'auto';
}
