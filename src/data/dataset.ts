import type { Drawing } from './drawing';
import type { Subject } from './subjects';

/**
 * Labelled images as bytes. One byte per channel value, 0..255; a network sees them as its
 * `inputScaling` says, divided by 255 if it says nothing.
 */
export interface ImageSet {
  /** [count, height, width, channels] */
  images: Uint8Array;
  /** [count], each in 0..classes-1 */
  labels: Uint8Array;
}

/** What is known of a data set before its images are there. */
export interface DatasetFacts {
  /** That of a data set of the registry, or `custom`. */
  id: string;
  /** The name a person reads, such as "MNIST". */
  name: string;
  height: number;
  width: number;
  channels: number;
  classes: number;
  /** One for each class, as a person reads it. */
  classNames: readonly string[];
  /** What its images show, which says how the page speaks of them. */
  shows: Subject;
  /** How a drawing becomes one of its images; null where no hand can draw one. */
  drawing: Drawing | null;
}

/** A data set as the page and the engine know it. */
export interface Dataset extends DatasetFacts {
  /** One sentence on where it comes from. */
  source: string;
  /**
   * Everything that may be trained on; {@link splitIndices} parts it into training and validation.
   */
  train: ImageSet;
  /** Never trained on. */
  test: ImageSet;
}

/** What is known about a data set without its pixels: sent to the page. */
export interface DatasetInfo extends DatasetFacts {
  source: string;
  counts: { train: number; validation: number; test: number };
}

export type Split = 'train' | 'validation' | 'test';
