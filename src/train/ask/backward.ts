import { at } from '../../at';
import { PlaygroundError } from '../../errors';
import type { LayerWeights, Tensor } from '../../model/initialize';
import { requireRoom } from '../../model/cost';
import { checkLabels, countImages } from '../loop/pixels';
import type { Account } from '../loop/work-clock';
import type { Session } from '../session/session';

const MOST_IMAGES = 4096;

/** Loss, logits [n, classes], and for each layer dL/d(input) and dL/d(each trained tensor). */
export interface Gradients {
  loss: number;
  logits: Tensor;
  gradients: Record<string, { input: Tensor } & LayerWeights>;
}

/**
 * Computes the gradients of the mean loss over some images, without changing the weights.
 * @param command images [n, H, W, C] in 0..1, labels [n], and whether layers behave as in training
 * @throws PlaygroundError if images or labels do not fit the network, or there are too many.
 */
export async function backward(
  session: Session,
  account: Account,
  { images, labels, training = true }: { images: Float32Array; labels: Uint8Array; training?: boolean },
): Promise<Gradients> {
  const run = await session.settledRun();
  const { model } = run;
  const count = countImages(images, model);
  if (count > MOST_IMAGES) {
    throw new PlaygroundError(`${count} images are too many at once.`, { remedy: `Give at most ${MOST_IMAGES}.` });
  }
  checkLabels(labels, count, model.classes);
  const { host, settings } = session;
  requireRoom(host.engine.estimate(model, { ...settings, batchSize: count }));
  const result = await host.guard(run.askedBy(account).backward(images, labels, training));
  const gradients = Object.fromEntries(
    model.layers.map(({ id }, i) => {
      const { output, ...wanted } = at(result.layers, i);
      return [id, wanted];
    }),
  );
  return { loss: result.loss, logits: result.logits, gradients };
}
