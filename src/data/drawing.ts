/** How a drawing on the pad, white on black, becomes an image of a data set. */
export interface Drawing {
  /**
   * The longer side of the ink, as a share of the shorter side of the image. The ink's centre of
   * mass goes to the middle.
   */
  inkShare: number;
  /** What the pen does, in a few words. */
  penHelp: string;
}

/** The side of a drawing, in its own pixels. */
export const DRAWING_SIDE = 280;

/**
 * A pen of this width, in pixels of the drawing, writes strokes about as thick as those of MNIST.
 */
export const PEN_WIDTH = 24;

/** The box that MNIST fits its digits into (http://yann.lecun.com/exdb/mnist/): 20 of 28 pixels. */
export const MNIST_INK_SHARE = 20 / 28;

/**
 * How to draw images for a data set that a user or script provides: as for MNIST, if they are grey
 * and no larger than a drawing.
 */
export function customDrawing(height: number, width: number, channels: number): Drawing | null {
  if (channels !== 1 || Math.max(height, width) > DRAWING_SIDE) return null;
  return { inkShare: MNIST_INK_SHARE, penHelp: 'Draws white on black' };
}
