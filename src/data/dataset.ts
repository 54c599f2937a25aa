/**
 * Labelled images as bytes. One byte per channel value, 0..255; the network sees them divided by
 * 255.
 */
export interface ImageSet {
  /** [count, height, width, channels] */
  images: Uint8Array;
  /** [count], each in 0..classes-1 */
  labels: Uint8Array;
}

/** A data set as the page and the engine know it. */
export interface Dataset {
  /** `mnist`, `generated` or `custom` */
  id: string;
  /** The name a person reads, such as "MNIST". */
  name: string;
  /** One sentence on where it comes from. */
  source: string;
  height: number;
  width: number;
  channels: number;
  classes: number;
  /**
   * Everything that may be trained on; {@link splitIndices} parts it into training and validation.
   */
  train: ImageSet;
  /** Never trained on. */
  test: ImageSet;
}

/** What is known about a data set without its pixels: sent to the page. */
export interface DatasetInfo {
  id: string;
  name: string;
  source: string;
  height: number;
  width: number;
  channels: number;
  classes: number;
  counts: { train: number; validation: number; test: number };
}

export type Split = 'train' | 'validation' | 'test';
