import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

export interface FoundBrowser {
  path: string;
  /** Where the browser comes from, in words. */
  source: string;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Looks for a Chromium or Chrome that starts: first CHROMIUM_PATH or CHROME_PATH, then Playwright's
 * own, then the system's.
 * @returns null if there is none.
 * @throws Error if the environment names a browser that does not start: silently taking another one
 * would be a surprise.
 */
export function findChromium(): FoundBrowser | null {
  for (const variable of ['CHROMIUM_PATH', 'CHROME_PATH']) {
    const path = process.env[variable];
    if (!path) continue;
    if (!starts(path))
      throw new Error(`${variable} is set to ${path}, which is not a browser that starts. Correct it or unset it.`);
    return { path, source: `from ${variable}` };
  }
  const own = chromium.executablePath();
  if (starts(own)) return { path: own, source: "Playwright's own" };
  const system = systemLocations().find(starts);
  return system ? { path: system, source: "the system's" } : null;
}

function systemLocations(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (process.platform === 'win32') {
    const roots = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LocalAppData']].filter(
      (root) => !!root,
    );
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    return roots.flatMap((root) => programs.map((program) => join(root!, program)));
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Whether the browser exists and answers `--version`: Ubuntu's `chromium-browser` may be a stub,
 * and a download may lack system libraries.
 */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  // Chrome on Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}
