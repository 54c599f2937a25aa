import type { Dataset } from '../../data/dataset';
import { sizeOf } from '../../model/shape';
import { GRADIENT_CHECK } from '../../pace';
import { createRandom } from '../../random';
import { imagesOfBatch, type Images } from '../loop/pixels';
import { progressEvents } from '../loop/progress-events';
import type { Account } from '../loop/work-clock';
import type { Run } from '../session/run';
import type { Session } from '../session/session';
import type { GradientCheck } from '../wire/protocol';

/**
 * Checks the gradients of a separate network that has the present weights, so that training can
 * continue meanwhile. Emits `gradientCheck` on the way.
 */
export async function checkPresentGradients(session: Session, account: Account): Promise<GradientCheck[]> {
  const { host, now, settings } = session;
  const run = await session.settledRun();
  const started = now();
  const weights = await host.guard(run.askedBy(account).getWeights());
  // The check is loaded on demand, because training does not need it.
  const { checkGradients, imagesToCheck } = await import('./gradient-check');
  const { images, labels } = chooseImages(session, run, imagesToCheck(run.model));
  const ownSettings = { ...settings, batchSize: labels.length };
  const network = await host.guard(host.engine.createNetwork(run.model, weights, ownSettings));
  const tell = (fraction: number) => session.emit({ type: 'gradientCheck', runId: run.id, fraction });
  try {
    const timeLimit = Math.max(GRADIENT_CHECK.leastMs, GRADIENT_CHECK.mostMs - (now() - started));
    const options = { seed: settings.seed, timeLimit, onProgress: progressEvents(tell, now) };
    return await host.guard(checkGradients(run.model, weights, network, images, labels, options));
  } finally {
    network.dispose();
  }
}

/** The images that are trained on next, or noise if no images fit the network. */
function chooseImages({ data, settings }: Session, run: Run, count: number): Images {
  if (data && run.batchOf(1)) return nextImages(run, data.dataset, count);
  const random = createRandom(settings.seed, 4);
  const images = Float32Array.from({ length: count * sizeOf(run.model.spec.input) }, () => random.uniform());
  return { images, labels: Uint8Array.from({ length: count }, () => random.integer(run.model.classes)) };
}

/** The images of the next step, and of later steps if the batches are smaller than `count`. */
function nextImages(run: Run, dataset: Dataset, count: number): Images {
  const parts: Images[] = [];
  for (let step = run.step + 1, left = count; left > 0; step++) {
    const batch = run.batchOf(step);
    if (!batch) break;
    const part = imagesOfBatch(dataset, batch, 0, left);
    parts.push(part);
    left -= part.labels.length;
  }
  return {
    images: Float32Array.from(parts.flatMap(({ images }) => [...images])),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
  };
}
