/**
 * Trains small networks on the CPU, healthy ones and some built to fail, and writes what the page
 * would see of them to `src/ui/features/gradients/diagnosis/recorded-runs.json`, which the tests of the
 * diagnosis read. Run with
 *   npx tsx scripts/record-runs.ts
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { parseModelSpec } from '../src/model/spec.ts';
import { createTestSession, stripes, tinyModel, tinySettings } from '../src/train/session/session.test-helper.ts';

const FILE = fileURLToPath(new URL('../src/ui/features/gradients/diagnosis/recorded-runs.json', import.meta.url));
/** How many steps a diagnosis looks back on. */
const KEPT = 20;
const LOOKS = 4;

const deepSigmoid = parseModelSpec({
  name: 'Twelve sigmoids',
  input: [6, 6, 1],
  layers: [
    { kind: 'flatten' },
    ...Array.from({ length: 12 }, () => ({ kind: 'dense', units: 12, activation: 'sigmoid' })),
    { kind: 'dense', units: 3, activation: 'softmax' },
  ],
});

const RUNS = {
  healthy: { model: tinyModel, learningRate: 0.1 },
  deepSigmoid: { model: deepSigmoid, learningRate: 0.1 },
  stepsFarTooLarge: { model: tinyModel, learningRate: 30 },
  stepsTooLarge: { model: tinyModel, learningRate: 3 },
  stepsFarTooSmall: { model: tinyModel, learningRate: 1e-7 },
};

/** Six digits are more than any threshold needs. */
const short = (value: number) => Number(value.toPrecision(6));

async function record({ model, learningRate }: (typeof RUNS)[keyof typeof RUNS]) {
  const { request, eventsOf } = createTestSession();
  await request('start', { backend: 'cpu' });
  await request('configure', { settings: { ...tinySettings, optimizer: { kind: 'sgd', learningRate } } });
  await request('setDataset', { dataset: stripes() });
  await request('setModel', { model });
  // The worker looks at layers twice a second at most.
  for (let i = 0; i < 100 && eventsOf('diagnostics').length < LOOKS && eventsOf('halted').length === 0; i++) {
    await request('train', { steps: 50 }).catch(() => {});
  }
  const { normSlots } = eventsOf('run').at(-1)!;
  const rows = eventsOf('metrics').flatMap(({ firstStep, loss, accuracy, norms }) =>
    [...loss].map((value, i) => ({
      step: firstStep + i,
      loss: short(value),
      accuracy: short(accuracy[i]!),
      norms: [...norms.subarray(i * normSlots.length, (i + 1) * normSlots.length)].map(short),
    })),
  );
  const looks = eventsOf('diagnostics').map(({ step, layers }) => ({
    step,
    layers: layers.map((layer) => ({ ...layer, tensors: [] })),
  }));
  const halted = eventsOf('halted').map(({ step, layer }) => ({ step, layer }));
  return { normSlots, rows: rows.slice(-KEPT), looks: looks.slice(1 - LOOKS), halted: halted.at(-1) ?? null };
}

const runs: Record<string, Awaited<ReturnType<typeof record>>> = {};
for (const [name, run] of Object.entries(RUNS)) runs[name] = await record(run);
const options = await resolveConfig(FILE);
await writeFile(FILE, await format(JSON.stringify(runs), { ...options, filepath: FILE }));
for (const [name, { looks, rows, halted }] of Object.entries(runs))
  console.log(name, rows.at(-1)?.step, 'steps', looks.length, 'looks', halted ?? '');
