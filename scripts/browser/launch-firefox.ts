import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

/** Mesa's software adapter, where it is installed: the same on every machine, GPU or not. */
const LLVMPIPE = '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json';

const PREFERENCES = {
  // Linux has WebGPU behind a switch, and shuts out software adapters.
  'dom.webgpu.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
  // A proxy that nobody runs: the page reaches its own server, which is excepted, and nothing else.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
};

/** Starts a headless Firefox with WebGPU, driven over WebDriver BiDi. */
export function launchFirefox(executablePath: string): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: PREFERENCES,
    env: { ...process.env, ...(existsSync(LLVMPIPE) ? { VK_ICD_FILENAMES: LLVMPIPE } : {}) },
  });
}
