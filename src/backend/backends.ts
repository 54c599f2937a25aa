/** What people are told of a backend. */
interface BackendWords {
  label: string;
  /** The same where there is little room. */
  short: string;
  about: string;
  /** Said where somebody asked for it by name and would do better without. Else empty. */
  asked: string;
  /** Whether its kernels are shaders whose source can be shown. */
  shaders: boolean;
}

/**
 * What a network can be trained on, the best first. The last one runs everywhere. One entry
 * registers a backend; the compiler then asks how to open it (open-backend.ts).
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
      'The same network in plain JavaScript, in a worker: every number is right, but each step takes longer than on a GPU.',
    asked:
      'Training runs on the CPU, as asked for: slower than WebGPU, and the same otherwise. Take "?backend=cpu" out of the address to use WebGPU.',
    shaders: false,
  },
} satisfies Record<string, BackendWords>;

export type BackendName = keyof typeof BACKENDS;

export const BACKEND_NAMES = Object.keys(BACKENDS) as BackendName[];

/** What can be asked for: a backend, or the best that can be had. */
export type BackendChoice = BackendName | 'auto';

/** Taken where no better one can be had. */
export const FALLBACK: BackendName = 'cpu';

export function isBackendName(name: unknown): name is BackendName {
  return typeof name === 'string' && Object.hasOwn(BACKENDS, name);
}

/** What is asked for by a name from outside, such as an address: `auto` where there is none of it. */
export function choiceOf(name: string | null | undefined): BackendChoice {
  return isBackendName(name) ? name : 'auto';
}
