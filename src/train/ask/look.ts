import type { Split } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { gatherBytes, imageShape } from '../loop/pixels';
import type { Account } from '../loop/work-clock';
import type { Session } from '../session/session';
import type { KernelLaunch } from '../../plan/launches';
import type { ImageChoice, LayerInspection, LayerThumbnails, Saliency } from '../wire/protocol';
import { saliencyOf } from './saliency';
import { drawThumbnails, inspectLayer, requireLayer, resolveImage } from './inspection';

// These functions inspect the network and images. They throw a PlaygroundError if there is no
// network yet, no such layer, or no image that fits.

/** The contents of a layer, and what the layer computes for one image. */
export async function inspect(
  session: Session,
  account: Account,
  { layer, image }: { layer: string; image: ImageChoice },
): Promise<LayerInspection> {
  const run = await session.settledRun();
  const chosen = resolveImage(image, run.model, session.data);
  return session.host.guard(inspectLayer(run.askedBy(account), run.model, layer, chosen, run.hasGradients));
}

/** A small picture of each layer's output for one image. */
export async function thumbnails(
  session: Session,
  account: Account,
  { image }: { image: ImageChoice },
): Promise<LayerThumbnails> {
  const run = await session.settledRun();
  const chosen = resolveImage(image, run.model, session.data);
  return session.host.guard(drawThumbnails(run.askedBy(account), run.model, chosen));
}

/** Which pixels of an image matter. */
export async function saliency(
  session: Session,
  account: Account,
  { image }: { image: ImageChoice },
): Promise<Saliency> {
  const run = await session.settledRun();
  const chosen = resolveImage(image, run.model, session.data);
  return session.host.guard(saliencyOf(run.askedBy(account), run.model.spec, chosen));
}

/** The kernels of a training step that belong to a layer; none on the CPU. */
export async function kernels(session: Session, { layer }: { layer: string }): Promise<KernelLaunch[]> {
  const { model, network } = await session.settledRun();
  requireLayer(model, layer);
  return network.kernelsOf(layer);
}

/** Bytes of some images [n, H, W, C] in 0..255, with their labels [n]. */
export async function samples(
  { data }: Session,
  { split, rows }: { split: Split; rows: number[] },
): Promise<{ images: Uint8Array; labels: Uint8Array }> {
  if (!data) throw new PlaygroundError('there are no images yet.', { remedy: 'Wait until the data set is loaded.' });
  const positions = rows.map((row) => data.position(split, row));
  return gatherBytes(data.dataset[data.setOf(split)], positions, imageShape(data.dataset));
}
