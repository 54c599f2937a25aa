import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * What the built page may weigh, gzipped as most hosts send it: about 3 % above what it weighs
 * today. A change that needs more raises the figure here, and says in its commit what it buys.
 */
const LIMITS = { entry: '272 kB', rest: '286 kB', worker: '130 kB' };

const ASSETS = 'dist/assets';
if (!existsSync(ASSETS)) throw new Error('There is no built page to weigh: run `npm run build` first.');
const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));

/** The scripts that are imported, at once or later, by these and by what they import. */
function reachableFrom(names) {
  const found = new Set(names);
  for (const name of found) {
    const source = readFileSync(`${ASSETS}/${name}`, 'utf8');
    for (const [, imported] of source.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g))
      if (scripts.includes(imported)) found.add(imported);
  }
  return [...found];
}

/** Named in index.html: loaded before anybody can do anything. */
const entry = scripts.filter((name) => readFileSync('dist/index.html', 'utf8').includes(`assets/${name}`));
const worker = reachableFrom(scripts.filter((name) => name.startsWith('worker-')));
const rest = scripts.filter((name) => !entry.includes(name) && !worker.includes(name));

const check = (name, names, limit) => ({ name, path: names.map((file) => `${ASSETS}/${file}`), limit, gzip: true });

export default [
  check('Page, before the first interaction', entry, LIMITS.entry),
  check('Page, all that is loaded when it is wanted', rest, LIMITS.rest),
  check('Worker', worker, LIMITS.worker),
];
