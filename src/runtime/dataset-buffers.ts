import { PlaygroundError } from '../errors';

/** One image set on the GPU as bytes, four to a word. */
export interface ImageBuffers {
  images: GPUBuffer;
  labels: GPUBuffer;
}

/**
 * Uploads images and labels once; batches are gathered from them on the GPU.
 * @param images [count, H, W, C] bytes
 * @param labels [count] bytes
 * @throws PlaygroundError if the adapter has no buffer that large.
 */
export function uploadImages(device: GPUDevice, images: Uint8Array, labels: Uint8Array, name: string): ImageBuffers {
  const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  if (images.length > limit) {
    const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
    throw new PlaygroundError(`the ${name} images are ${megabytes(images.length)} MiB; this GPU takes ${megabytes(limit)} MiB.`, {
      remedy: 'Use fewer or smaller images.',
    });
  }
  return { images: upload(device, images, `${name} images`), labels: upload(device, labels, `${name} labels`) };
}

export function destroyImages({ images, labels }: ImageBuffers): void {
  images.destroy();
  labels.destroy();
}

function upload(device: GPUDevice, bytes: Uint8Array, label: string): GPUBuffer {
  const size = Math.max(16, Math.ceil(bytes.length / 16) * 16);
  const buffer = device.createBuffer({ label, size, usage: GPUBufferUsage.STORAGE, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return buffer;
}
