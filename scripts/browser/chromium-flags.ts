/**
 * The address bar's popup and the like are pages in renderers of their own, made anew for every
 * window: for every test, they took as much of the processor as the page itself.
 */
const BROWSER_PAGES = ['PreloadTopChromeWebUI', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup'];

/** What Playwright switches off. Only the last list counts, so ours has to repeat it. */
const OFF_IN_PLAYWRIGHT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

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
  `--disable-features=${[...BROWSER_PAGES, ...OFF_IN_PLAYWRIGHT].join()}`,
];

/**
 * WebGPU on SwiftShader, the software adapter that comes with Chromium: it is the same on every
 * machine, with or without a GPU.
 */
export const WEBGPU_FLAGS = [...QUIET, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** A browser in which `navigator.gpu` finds no adapter, even on a machine that has a GPU. */
export const NO_ADAPTER_FLAGS = [...QUIET, '--disable-gpu'];
