import { PlaygroundError } from '../../errors';
import { initialWeights, type Weights } from '../../model/initialize';
import { sizeOf } from '../../model/shape';
import { resolveModel } from '../../model/resolve';
import { changeSettings } from '../../model/settings';
import { parseModelSpec } from '../../model/spec';
import type { Split } from '../../data/dataset';
import { requireRoom } from '../../model/cost';
import { createRandom } from '../../random';
import { checkCount, runBenchmark } from './benchmark';
import { classifySplit } from './classify';
import { softmaxRows } from '../loop/evaluation';
import { drawThumbnails, inspectLayer, requireLayer, resolveImage } from './inspection';
import { misfit } from '../session/loaded-data';
import { checkLabels, countImages, gatherBytes, imagesAt, imageShape } from '../loop/pixels';
import { progressEvents } from '../loop/progress-events';
import type { Requests, RequestType } from '../wire/protocol';
import type { Run } from '../session/run';
import { saliencyOf } from './classify-saliency';
import type { Session } from '../session/session';

type CommandOf<T extends RequestType> = Requests[T]['command'];
type ResultOf<T extends RequestType> = Promise<Requests[T]['result']>;

/**
 * Images that go through the network together, at most, and the bytes that the outputs of all
 * layers may take: they are read back.
 */
const PREDICT_CHUNK = 64;
const PREDICT_BYTES = 256 * 2 ** 20;
const MOST_BACKWARD_IMAGES = 4096;
/** How long a person waits for a gradient check, in milliseconds, but for its last entry. */
const CHECK_MS = 8500;

/**
 * Everything that looks at the session and leaves network, weights and settings as they are; and
 * training itself.
 */
export class Queries {
  constructor(private readonly session: Session) {}

  async train({ steps, epochs, collect = false }: CommandOf<'train'>): ResultOf<'train'> {
    if (steps !== undefined && epochs !== undefined) {
      throw new PlaygroundError('give steps or epochs, not both.', { where: { field: 'steps' } });
    }
    if (steps !== undefined) checkCount(steps, 'steps');
    if (epochs !== undefined) checkCount(epochs, 'epochs');
    return this.session.begin((run) =>
      run.requireTrainer().train(steps ?? (epochs ?? Infinity) * run.stepsPerEpoch, collect),
    );
  }

  async evaluate({ split }: CommandOf<'evaluate'>): ResultOf<'evaluate'> {
    return (await classifySplit(this.session, split)).evaluation;
  }

  async classify({ split, most }: CommandOf<'classify'>): ResultOf<'classify'> {
    if (most !== undefined) checkCount(most, 'most');
    return (await classifySplit(this.session, split, most)).classification;
  }

  async saliency({ image }: CommandOf<'saliency'>): ResultOf<'saliency'> {
    const { network, model } = await this.session.settledRun();
    return this.guard(saliencyOf(network, resolveImage(image, model, this.session.data)));
  }

  async predict({ images }: CommandOf<'predict'>): ResultOf<'predict'> {
    const { model, network } = await this.session.settledRun();
    const count = countImages(images, model);
    const size = images.length / count;
    const probabilities = new Float32Array(count * model.classes);
    const outputBytes = model.layers.reduce((sum, { outputShape }) => sum + 4 * sizeOf(outputShape), 0);
    const chunk = Math.max(1, Math.min(PREDICT_CHUNK, Math.floor(PREDICT_BYTES / outputBytes)));
    for (let start = 0; start < count; start += chunk) {
      const { outputs } = await this.guard(network.forward(images.slice(start * size, (start + chunk) * size)));
      probabilities.set(softmaxRows(outputs.at(-1)!.data, model.classes), start * model.classes);
    }
    return probabilities;
  }

  async getWeights(): Promise<Weights> {
    const { network } = await this.session.settledRun();
    return this.guard(network.getWeights());
  }

  async snapshot(): ResultOf<'snapshot'> {
    const run = await this.session.settledRun();
    return { runId: run.id, ...(await this.guard(run.capture())) };
  }

  async backward({ images, labels, training = true }: CommandOf<'backward'>): ResultOf<'backward'> {
    const { model, network } = await this.session.settledRun();
    const count = countImages(images, model);
    if (count > MOST_BACKWARD_IMAGES) {
      throw new PlaygroundError(`${count} images are too many at once.`, {
        remedy: `Give at most ${MOST_BACKWARD_IMAGES}.`,
      });
    }
    checkLabels(labels, count, model.classes);
    const { host, settings } = this.session;
    requireRoom(host.engine.estimate(model, { ...settings, batchSize: count }));
    const { loss, logits, layers } = await this.guard(network.backward(images, labels, training));
    const gradients = Object.fromEntries(
      model.layers.map(({ id }, i) => {
        const { output, ...wanted } = layers[i];
        return [id, wanted];
      }),
    );
    return { loss, logits, gradients };
  }

  /** On a network of its own with the present weights, so that training may go on meanwhile. */
  async checkGradients(): ResultOf<'checkGradients'> {
    const { session } = this;
    const run = await session.settledRun();
    const started = session.now();
    const weights = await this.guard(run.network.getWeights());
    // Loaded when it is asked for: training does not need it.
    const { checkGradients, imagesToCheck } = await import('./gradient-check');
    const { images, labels } = this.imagesToCheck(run, imagesToCheck(run.model));
    const { seed } = session.settings;
    const settings = { ...session.settings, batchSize: labels.length };
    const network = await this.guard(session.host.engine.createNetwork(run.model, weights, settings));
    const onProgress = progressEvents(
      (fraction) => session.emit({ type: 'gradientCheck', runId: run.id, fraction }),
      session.now,
    );
    try {
      const timeLimit = Math.max(1000, CHECK_MS - (session.now() - started));
      return await this.guard(
        checkGradients(run.model, weights, network, images, labels, { seed, timeLimit, onProgress }),
      );
    } finally {
      network.dispose();
    }
  }

  async benchmark({ model: spec, batchSize, steps, optimizer }: CommandOf<'benchmark'>): ResultOf<'benchmark'> {
    const { session } = this;
    const run = await session.settledRun().catch(() => null);
    if (run?.training)
      throw new PlaygroundError('the network is training.', { remedy: 'Pause it first, or both would be slow.' });
    const model = resolveModel(parseModelSpec(spec));
    checkCount(steps, 'steps');
    const settings = changeSettings(session.settings, { batchSize, optimizer });
    if (!session.data)
      throw new PlaygroundError('there are no images to train on yet.', {
        remedy: 'Wait until the data set is loaded.',
      });
    const problem = misfit(model, session.data.dataset);
    if (problem) throw problem;
    const { now, data, host } = session;
    requireRoom(host.engine.estimate(model, settings));
    const clock = { now, guard: <T>(promise: Promise<T>) => this.guard(promise) };
    return runBenchmark(host.engine, model, initialWeights(model, settings.seed), data, settings, steps, clock);
  }

  /** Needs no network and changes nothing: what is asked about need not be what is trained. */
  async estimate({ model, settings }: CommandOf<'estimate'>): ResultOf<'estimate'> {
    const { session } = this;
    return session.host.engine.estimate(
      resolveModel(parseModelSpec(model)),
      changeSettings(session.settings, settings),
    );
  }

  async inspect({ layer, image }: CommandOf<'inspect'>): ResultOf<'inspect'> {
    const run = await this.session.settledRun();
    const chosen = resolveImage(image, run.model, this.session.data);
    return this.guard(inspectLayer(run.network, run.model, layer, chosen, run.hasGradients));
  }

  async kernels({ layer }: CommandOf<'kernels'>): ResultOf<'kernels'> {
    const { model, network } = await this.session.settledRun();
    requireLayer(model, layer);
    return network.kernelsOf(layer);
  }

  async thumbnails({ image }: CommandOf<'thumbnails'>): ResultOf<'thumbnails'> {
    const run = await this.session.settledRun();
    return this.guard(drawThumbnails(run.network, run.model, resolveImage(image, run.model, this.session.data)));
  }

  async samples({ split, rows }: { split: Split; rows: number[] }): ResultOf<'samples'> {
    const { data } = this.session;
    if (!data) throw new PlaygroundError('there are no images yet.', { remedy: 'Wait until the data set is loaded.' });
    const positions = rows.map((row) => data.position(split, row));
    return gatherBytes(data.dataset[data.setOf(split)], positions, imageShape(data.dataset));
  }

  /** A few training images; noise where there are none that fit the network. */
  private imagesToCheck({ model }: Run, count: number): { images: Float32Array; labels: Uint8Array } {
    const { data, settings } = this.session;
    if (data && !misfit(model, data.dataset) && data.rows('train').length > 0) {
      return imagesAt(data.dataset, 'train', data.rows('train').subarray(0, count));
    }
    const random = createRandom(settings.seed, 4);
    const size = model.spec.input.reduce((product, n) => product * n, count);
    const images = Float32Array.from({ length: size }, () => random.uniform());
    return { images, labels: Uint8Array.from({ length: count }, () => random.integer(model.classes)) };
  }

  private guard<T>(promise: Promise<T>): Promise<T> {
    return this.session.host.guard(promise);
  }
}
