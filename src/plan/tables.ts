import type { TensorRef } from './dispatch';

/** Constants that the plan computed, with their place in the arena `tables`. */
export interface Table {
  place: TensorRef;
  words: Uint32Array;
}

/** The whole arena `tables`. @param length elements of the arena */
export function packTables(length: number, tables: readonly Table[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(length);
  for (const table of tables) words.set(table.words, table.place.offset);
  return words;
}
