/**
 * Trains a network of the gallery in Node, through the session that the page's worker uses: the
 * same seed on the same adapter gives the same bits. `npx tsx scripts/train.ts --help` says how.
 */
import { errorFrom, PlaygroundError } from '../src/errors.ts';
import type { Requests, WorkerEvent } from '../src/train/wire/protocol.ts';
import { formatExact } from '../src/ui/kit/words/format.ts';
import { createNodeSession, type NodeSession } from './node/session.ts';
import { wholeNumber } from './parts/whole-number.ts';
import { describeEpoch, inWords, trainInEpochs, type Trainable } from './training/epochs.ts';
import { readTrainingOptions, type TrainingOptions } from './training/options.ts';
import { ProgressBar } from './training/progress-bar.ts';
import { requireFolder, writeWeights } from './training/weights-file.ts';

const USAGE = `Trains a network of the page's gallery in Node, and tests it.
  npx tsx scripts/train.ts [--model flux-conv-mnist] [--data mnist] [--backend webgpu]
    [--epochs 1 | --steps N] [--batch N] [--seed 1] [--optimizer JSON] [--weights FILE]
--data mnist needs the files that \`npm run data\` places; --data generated needs none.
--backend webgpu runs on Dawn; cpu on the reference implementation.
--batch and --optimizer stand in for what the network comes with, such as
  --optimizer '{"kind":"sgd","learningRate":0.1}'
--weights names a file for the trained network, which the page can open.
Ctrl-C ends training early; test and weights are then of the steps done.`;

const OWN = ['data', 'steps', 'weights'] as const;
type Options = TrainingOptions<(typeof OWN)[number]>;

/** What a script reads off what the session says. */
class Listener {
  stepsPerEpoch = 0;
  /** Steps wanted in all, once that is known. */
  steps = Infinity;
  warning: PlaygroundError | null = null;
  readonly bar = new ProgressBar(process.stderr);

  take(event: WorkerEvent): void {
    if (event.type === 'run') this.stepsPerEpoch = event.stepsPerEpoch;
    else if (event.type === 'problem') this.print(`Problem: ${event.error.what} ${event.error.remedy}`);
    else if (event.type === 'dataset' && event.warning) this.warning = errorFrom(event.warning);
    else if (event.type === 'metrics') this.showProgress(event);
  }

  print(...lines: string[]): void {
    this.bar.clear();
    for (const line of lines) console.log(line);
  }

  private showProgress({ firstStep, loss, accuracy, msPerStep }: Extract<WorkerEvent, { type: 'metrics' }>): void {
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const step = firstStep + loss.length - 1;
    this.bar.show({ step, steps: this.steps, loss: mean(loss), accuracy: mean(accuracy), msPerStep });
  }
}

/** Puts backend, data and network in place. @returns lines that say what they are. */
async function prepare(session: NodeSession, listener: Listener, options: Options): Promise<string[]> {
  const { preset, backend, settings, own } = options;
  const chosen = await session.request('start', { backend });
  await session.request('configure', { settings });
  // A name that is not known is refused by the session, which says which ones are.
  const dataset = (own.data ?? 'mnist') as Requests['setDataset']['command']['dataset'];
  const { name, counts } = await session.request('setDataset', { dataset });
  // The page goes on with what stands in for a data set; here it was named.
  if (listener.warning) throw listener.warning;
  const { parameters } = await session.request('setModel', { model: preset.spec });
  const { batchSize, seed, optimizer } = settings;
  return [
    ...(backend === 'auto' && chosen.note ? [chosen.note] : []),
    `${preset.title}, ${formatExact(parameters)} parameters, on ${chosen.adapter}`,
    `${name}: ${formatExact(counts.train)} images to train on, ${formatExact(counts.validation)} for validation, ` +
      `${formatExact(counts.test)} to test; batch ${batchSize}, seed ${seed}, ${JSON.stringify(optimizer)}`,
  ];
}

async function train(session: NodeSession, listener: Listener, options: Options): Promise<void> {
  const { preset, epochs, settings, own } = options;
  if (own.steps !== undefined && epochs !== undefined) throw new PlaygroundError('give --steps or --epochs, not both.');
  const steps = own.steps === undefined ? undefined : wholeNumber(own.steps, 'steps');
  if (own.weights !== undefined) await requireFolder(own.weights);
  listener.print(...(await prepare(session, listener, options)));
  // A network that the data do not fit has no epochs: the session says so when it is to train.
  const stepsPerEpoch = Math.max(1, listener.stepsPerEpoch);
  listener.steps = steps ?? (epochs ?? 1) * stepsPerEpoch;
  const target: Trainable = {
    train: (count) => session.request('train', { steps: count, collect: true }),
    evaluate: (split) => session.request('evaluate', { split }),
  };
  process.once('SIGINT', () => void session.request('pause', {}));
  const { batchSize } = settings;
  for await (const figures of trainInEpochs(target, { steps: listener.steps, stepsPerEpoch, batchSize }))
    listener.print(...describeEpoch(figures));
  listener.print(`test: ${inWords(await target.evaluate('test'))}`);
  if (own.weights === undefined) return;
  const { step, weights } = await session.request('snapshot', {});
  await writeWeights(own.weights, { model: preset.spec, settings, dataset: own.data ?? 'mnist', step, weights });
  listener.print(`weights of step ${formatExact(step)} written to ${own.weights}`);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(USAGE);
  const options = readTrainingOptions(process.argv.slice(2), OWN);
  const listener = new Listener();
  const session = createNodeSession((event) => listener.take(event));
  try {
    await train(session, listener, options);
  } finally {
    listener.bar.clear();
    session.close();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
