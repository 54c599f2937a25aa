import { spawnSync } from 'node:child_process';
import { findChromium, type FoundBrowser } from './find-chromium.ts';

const MINUTE = 60_000;

/** The commands that install a Chromium with each package manager that has it. */
const PACKAGE_MANAGERS: Record<string, string[][]> = {
  'apt-get': [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ],
  dnf: [['dnf', 'install', '-y', 'chromium']],
  pacman: [['pacman', '-Sy', '--noconfirm', 'chromium']],
  apk: [['apk', 'add', '--no-cache', 'chromium']],
  brew: [['brew', 'install', '--cask', 'chromium']],
};

/**
 * Installs a Chromium: first Playwright's download (it changes nothing in the system), then the
 * system's package manager. Prints every command before it runs it. Takes minutes.
 * @returns null if neither worked.
 */
export function installChromium(): FoundBrowser | null {
  console.log("No Chromium or Chrome found. Installing one: first Playwright's download, then the system's packages.");
  if (playwright('install', 'chromium')) {
    const found = findChromium();
    if (found) return found;
    // The libraries that it needs come second, and only after a download that worked: they are a
    // large install of their own.
    playwright('install-deps', 'chromium');
    const complete = findChromium();
    if (complete) return complete;
  }
  const manager = Object.keys(PACKAGE_MANAGERS).find(isInstalled);
  if (!manager) {
    console.log(`None of the package managers ${Object.keys(PACKAGE_MANAGERS).join(', ')} is on this machine.`);
    return null;
  }
  for (const command of PACKAGE_MANAGERS[manager]!) run(asRoot(command), 8 * MINUTE);
  return findChromium();
}

function playwright(...args: string[]): boolean {
  return run(['npx', 'playwright', ...args], 4 * MINUTE);
}

/**
 * Package managers of Linux need root. `sudo -n` fails instead of waiting for a password that
 * nobody will type.
 */
function asRoot(command: string[]): string[] {
  const needed = process.getuid?.() !== 0 && command[0] !== 'brew';
  if (!needed) return command;
  return ['sudo', ...(process.stdin.isTTY ? [] : ['-n']), ...command];
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function run(command: string[], timeout: number): boolean {
  const [program, ...args] = command;
  console.log(`> ${command.join(' ')}`);
  const result = spawnSync(program!, args, {
    timeout,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    // On Windows npx is a .cmd file, which only a shell can run.
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return true;
  console.log(result.error ? `That failed: ${result.error.message}` : `That failed with exit code ${result.status}.`);
  return false;
}
