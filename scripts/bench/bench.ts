/**
 * How fast does a network train here, beside other ways to train it in a browser? Opens the page
 * and its peers in one Chromium, makes sure that they do the same work (the first five losses
 * agree), and lets them take turns. Needs `npm run data` first. Run with
 *   npm run bench [-- --rounds 3 --seconds 1 --only flux-32,lenet-128
 *     --peers jax-js-webgpu,convnetjs --patience 30 --profile]
 * `--seconds` is about how long one timing takes; a peer whose step takes longer than `--patience`
 * seconds is left out of the row; `--profile` times the kernels of the Flux net one by one instead.
 * README.md beside this file says what is measured and how.
 */
import { parseArgs } from 'node:util';
import { at } from '../../src/at.ts';
import { launchBrowser } from '../measure/browser.ts';
import { wholeNumber } from '../parts/whole-number.ts';
import { servePage } from '../measure/serve.ts';
import { compare } from './compare.ts';
import { PEERS } from './contestants.ts';
import { profileKernels } from './profile.ts';
import { chosenRows } from './rows.ts';
import { installPeers, servePeers } from './serve-peers.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string' },
    peers: { type: 'string' },
    patience: { type: 'string', default: '30' },
    dist: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const rounds = wholeNumber(options.rounds, 'rounds');
const seconds = wholeNumber(options.seconds, 'seconds');
const patience = wholeNumber(options.patience, 'patience');
const rows = chosenRows(options.only);
const peers = chosenPeers(options.peers);

function chosenPeers(list: string | undefined): (typeof PEERS)[number][] {
  if (list === undefined) return [...PEERS];
  return list.split(',').map((name) => {
    const peer = PEERS.find((id) => id === name.trim());
    if (!peer) throw new Error(`There is no peer "${name}". Known peers: ${PEERS.join(', ')}.`);
    return peer;
  });
}

installPeers();
const peersPage = await servePeers();
const browser = await launchBrowser();
try {
  if (options.profile) await profileKernels(browser, peersPage, at(chosenRows(options.only ?? 'flux-32'), 0));
  else await runComparison();
} finally {
  await browser.close();
  await peersPage.close();
}

async function runComparison(): Promise<void> {
  const page = await servePage(options.dist);
  try {
    const same = await compare(browser, page, peersPage, { rows, peers, rounds, seconds, patience });
    if (!same) process.exitCode = 1;
  } finally {
    await page.close();
  }
}
