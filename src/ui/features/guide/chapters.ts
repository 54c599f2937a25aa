/** The chapters, in the order of reading. */
export const CHAPTERS = [
  { name: 'pixels', title: 'A picture is numbers' },
  { name: 'convolution', title: 'A convolution looks for one pattern' },
  { name: 'activation', title: 'An activation decides what counts' },
  { name: 'pooling', title: 'Pooling keeps what was found' },
  { name: 'dense', title: 'A dense layer adds up the evidence' },
  { name: 'softmax', title: 'Softmax, and the loss' },
  { name: 'backward', title: 'Backward begins with p − y' },
  { name: 'filter', title: 'The gradient of a filter' },
  { name: 'update', title: 'One step downhill' },
  { name: 'vanishing', title: 'Why gradients vanish' },
  { name: 'experiments', title: 'Try it' },
] as const;

export type ChapterName = (typeof CHAPTERS)[number]['name'];

export const headingId = (name: ChapterName) => `guide-${name}`;
