import { z } from 'zod';
import { PlaygroundError } from '../../../errors';
import type { Weights } from '../../../model/initialize';
import { sizeOf } from '../../../model/shape';

/** Weights as text, by layer and tensor: the numbers are little-endian float32 in base64. */
export const packedWeightsSchema = z.record(
  z.string().max(100),
  z.record(z.string().max(100), z.strictObject({ shape: z.array(z.int().min(1)).max(6), data: z.string() })),
);

export type PackedWeights = z.infer<typeof packedWeightsSchema>;

/**
 * The size of one part in bytes. It is a multiple of 3, so that the parts of a base64 text can be
 * joined, and it is small enough for `String.fromCharCode`.
 */
const PART_BYTES = 3 * 2 ** 13;
/** After this many bytes the page gets a turn. Converting them takes some milliseconds. */
const TURN_BYTES = 2 ** 20;

/** Converts weights to plain data for JSON. Large weights take several turns of the event loop. */
export async function packWeights(weights: Weights): Promise<PackedWeights> {
  const packed: PackedWeights = {};
  const turn = createTurns();
  for (const [layer, tensors] of Object.entries(weights)) {
    packed[layer] = {};
    for (const [name, { shape, data }] of Object.entries(tensors)) {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const parts: string[] = [];
      for (let at = 0; at < bytes.length; at += PART_BYTES) {
        parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PART_BYTES))));
        await turn(PART_BYTES);
      }
      packed[layer][name] = { shape: [...shape], data: parts.join('') };
    }
  }
  return packed;
}

/**
 * The inverse of {@link packWeights}. It does not check whether the weights fit a network.
 * @throws PlaygroundError naming layer and tensor if the text is not base64 or not as long as the
 * shape says.
 */
export async function unpackWeights(packed: PackedWeights): Promise<Weights> {
  const weights: Weights = {};
  const turn = createTurns();
  for (const [layer, tensors] of Object.entries(packed)) {
    const unpacked: Record<string, { shape: number[]; data: Float32Array }> = {};
    for (const [name, { shape, data }] of Object.entries(tensors)) {
      unpacked[name] = { shape, data: floatsOf(data, sizeOf(shape), { layer, field: name }) };
      await turn(data.length);
    }
    // The names of the tensors are checked later, when the weights are given to a network.
    weights[layer] = unpacked;
  }
  return weights;
}

function floatsOf(text: string, count: number, where: { layer: string; field: string }): Float32Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new PlaygroundError('the numbers are not base64.', {
      where,
      remedy: 'The file is damaged: use another copy.',
    });
  }
  if (binary.length !== 4 * count) {
    const what = `there are ${binary.length} bytes for ${count} numbers of 4 bytes.`;
    throw new PlaygroundError(what, { where, remedy: 'The file is damaged: use another copy.' });
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return new Float32Array(bytes.buffer);
}

/** Lets the page do other work after every {@link TURN_BYTES}. */
function createTurns(): (bytes: number) => Promise<void> | undefined {
  let done = 0;
  return (bytes) => {
    done += bytes;
    if (done < TURN_BYTES) return undefined;
    done = 0;
    return new Promise((resolve) => setTimeout(resolve, 0));
  };
}
