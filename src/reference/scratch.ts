import { copyNumbers, type Numbers } from './numbers';

/**
 * Working memory that layers share and reuse, so a training step allocates nothing. Arrays only
 * grow; they may be longer than requested and hold old numbers.
 *
 * All of it is float64 whatever the precision of the network. JavaScript computes in float64
 * anyway, and the compiler keeps the matrix product fast only if it always gets the same array
 * type.
 */
export class Scratch {
  private readonly arrays = new Map<string, Float64Array>();
  private readonly integerArrays = new Map<string, Int32Array>();

  /** Bytes of all arrays. */
  get bytes(): number {
    const arrays = [...this.arrays.values(), ...this.integerArrays.values()];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  numbers(name: string, length: number): Float64Array {
    let array = this.arrays.get(name);
    if (!array || array.length < length) this.arrays.set(name, (array = new Float64Array(length)));
    return array;
  }

  zeros(name: string, length: number): Float64Array {
    return this.numbers(name, length).fill(0, 0, length);
  }

  /** The first `count` numbers of an array, as float64. */
  copyOf(name: string, from: Numbers, count: number): Float64Array {
    const array = this.numbers(name, count);
    copyNumbers(from, array, count);
    return array;
  }

  integers(name: string, length: number): Int32Array {
    let array = this.integerArrays.get(name);
    if (!array || array.length < length) this.integerArrays.set(name, (array = new Int32Array(length)));
    return array;
  }
}
