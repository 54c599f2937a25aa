import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's long-term release first: it is the one that the continuous integration installs. */
const NAMES = process.platform === 'win32' ? ['firefox.exe'] : ['firefox-esr', 'firefox'];

/**
 * Looks for a Firefox that starts: FIREFOX_PATH, then `firefox-esr` and `firefox` on the PATH.
 * @returns its path; null if there is none.
 * @throws Error if FIREFOX_PATH does not start: silently taking another one would surprise.
 */
export function findFirefox(): string | null {
  const named = process.env['FIREFOX_PATH'];
  if (named) {
    if (!starts(named))
      throw new Error(`FIREFOX_PATH is set to ${named}, which is not a browser that starts. Correct it or unset it.`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(starts) ?? null;
}

/** Exists, and answers `--version`: Ubuntu's `firefox` may be a stub that asks for a snap. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}
