import { logitsOf } from '../loop/tensors';
import { sizeOf } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import { softmaxRows } from '../loop/evaluation';
import { countImages } from '../loop/pixels';
import type { Account } from '../loop/work-clock';
import type { Session } from '../session/session';

/**
 * Limits of one chunk: the number of images, and the bytes of the outputs of all layers, which are
 * read back.
 */
const CHUNK_IMAGES = 64;
const CHUNK_BYTES = 256 * 2 ** 20;

/**
 * @param images [n, H, W, C] in 0..1
 * @returns probabilities [n, classes]
 * @throws PlaygroundError if the images do not fit the network.
 */
export async function predict(
  session: Session,
  account: Account,
  { images }: { images: Float32Array },
): Promise<Float32Array> {
  const run = await session.settledRun();
  const { model } = run;
  const network = run.askedBy(account);
  const count = countImages(images, model);
  const size = images.length / count;
  const probabilities = new Float32Array(count * model.classes);
  const chunk = chunkOf(model);
  for (let start = 0; start < count; start += chunk) {
    const asked = network.forward(images.slice(start * size, (start + chunk) * size));
    const { outputs } = await session.host.guard(asked);
    probabilities.set(softmaxRows(logitsOf(outputs), model.classes), start * model.classes);
  }
  return probabilities;
}

function chunkOf({ layers }: ResolvedModel): number {
  const outputBytes = layers.reduce((sum, { outputShape }) => sum + 4 * sizeOf(outputShape), 0);
  return Math.max(1, Math.min(CHUNK_IMAGES, Math.floor(CHUNK_BYTES / outputBytes)));
}
