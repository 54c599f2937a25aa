/**
 * Quiet and self-contained: no sandbox (since containers run as root), and none of the browser's
 * background traffic.
 */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * WebGPU on SwiftShader, the software adapter that comes with Chromium: it is the same on every
 * machine, with or without a GPU.
 */
export const WEBGPU_FLAGS = [...QUIET, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** A browser in which `navigator.gpu` finds no adapter, even on a machine that has a GPU. */
export const NO_ADAPTER_FLAGS = [...QUIET, '--disable-gpu'];
