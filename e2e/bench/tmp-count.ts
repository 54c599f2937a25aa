import { launchBrowser } from '../measure/browser.ts';
import { openPeer } from './contestants.ts';
import { servePeers } from './serve-peers.ts';
import { chosenRows } from './rows.ts';
import { BenchData, writeWork } from './work-files.ts';
const served = await servePeers(); const data = new BenchData();
const browser = await launchBrowser();
const c = await openPeer(browser, served, 'jax-js-webgpu', 100);
for (const row of chosenRows('lenet-32')) { await writeWork(row, data, served.folder);
  console.log(row.id, await c.begin(row, 5)); console.log(await c.time(row, 1), await c.time(row, 3)); }
await browser.close(); await served.close();
