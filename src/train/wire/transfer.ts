/** A value ready for `postMessage`, with the buffers that can be handed over instead of copied. */
export interface Packed<T> {
  value: T;
  transfer: ArrayBuffer[];
}

/**
 * Finds the typed arrays in plain data. An array that is only part of a larger buffer is copied,
 * because the browser would otherwise send the whole buffer. The sender must not use the data
 * afterwards.
 */
export function packForTransfer<T>(value: T): Packed<T> {
  const buffers = new Set<ArrayBuffer>();
  const pack = (item: unknown): unknown => {
    if (item instanceof Float32Array || item instanceof Uint8Array) {
      const whole = item.byteLength === item.buffer.byteLength ? item : item.slice();
      if (whole.buffer instanceof ArrayBuffer) buffers.add(whole.buffer);
      return whole;
    }
    // Lists of numbers may be long and contain nothing to transfer.
    if (Array.isArray(item)) return typeof item[0] === 'number' ? item : item.map(pack);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, part]) => [key, pack(part)]));
  };
  const packed = pack(value) as T;
  return { value: packed, transfer: [...buffers] };
}
