import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findChromium } from './find-chromium.ts';

const DESCRIPTION = 'vk_swiftshader_icd.json';

/**
 * The SwiftShader that comes with Chromium, as the loader of Vulkan wants it named in
 * `VK_ICD_FILENAMES`: the path of its description. Linux only; null where there is none.
 */
export function findSwiftShader(): string | null {
  const browser = findChromium();
  if (!browser) return null;
  const name = basename(browser.path);
  // Where the browser is started by a script, its files lie in a folder of its name.
  const folders = [dirname(realpathSync(browser.path)), `/usr/lib/${name}`, `/usr/lib64/${name}`];
  return folders.map((folder) => join(folder, DESCRIPTION)).find((path) => existsSync(path)) ?? null;
}
