import { PlaygroundError } from '../../errors';
import { binaryBytes } from '../../model/bytes';
import { createBuffers } from './arenas';
import { bufferLimit } from './device';

/** One image set on the GPU as bytes, four to a word. */
export interface ImageBuffers {
  images: GPUBuffer;
  labels: GPUBuffer;
}

/**
 * Uploads images and labels once. The GPU gathers batches from them.
 * @param images [count, H, W, C] bytes
 * @param labels [count] bytes
 * @throws PlaygroundError if the adapter has no buffer that large, or no room for it.
 */
export async function uploadImages(
  device: GPUDevice,
  images: Uint8Array,
  labels: Uint8Array,
  name: string,
): Promise<ImageBuffers> {
  const limit = bufferLimit(device);
  if (paddedBytes(images) > limit) {
    const most = Math.floor(limit / (images.length / labels.length));
    throw new PlaygroundError(
      `the ${name} images are ${binaryBytes(images.length)}; this GPU takes ${binaryBytes(limit)} in one buffer.`,
      {
        remedy: `Use at most ${most.toLocaleString('en-US')} images of this size, or smaller ones.`,
      },
    );
  }
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  const [imageBuffer, labelBuffer] = await createBuffers(device, [
    { label: `${name} images`, size: paddedBytes(images), usage },
    { label: `${name} labels`, size: paddedBytes(labels), usage },
  ]);
  write(device, imageBuffer, images);
  write(device, labelBuffer, labels);
  return { images: imageBuffer, labels: labelBuffer };
}

export function destroyImages({ images, labels }: ImageBuffers): void {
  images.destroy();
  labels.destroy();
}

const paddedBytes = ({ length }: Uint8Array) => Math.max(16, Math.ceil(length / 16) * 16);

/**
 * The browser copies data before it sends them. The upload goes piece by piece, so that this copy
 * stays small.
 */
const PIECE = 64 * 2 ** 20;

function write({ queue }: GPUDevice, buffer: GPUBuffer, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    // Writes are in whole words; the last one may need padding.
    const whole = new Uint8Array(Math.ceil(piece.length / 4) * 4);
    whole.set(piece);
    queue.writeBuffer(buffer, at, whole);
  }
}
