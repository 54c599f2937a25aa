/** One of the four files that make up MNIST. */
export interface MnistFile {
  /** Name without the `.gz`. */
  name: string;
  /** SHA-256 of the unpacked bytes, in hexadecimal. */
  sha256: string;
  /** Size unpacked, in bytes. */
  bytes: number;
  /**
   * Size as it is usually sent, in bytes: the file's share of the progress bar if the server does
   * not report a size.
   */
  packedBytes: number;
}

/** The files of http://yann.lecun.com/exdb/mnist/, as they have been since 1998. */
export const MNIST_FILES = {
  trainImages: {
    name: 'train-images-idx3-ubyte',
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    bytes: 47_040_016,
    packedBytes: 9_912_422,
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte',
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    bytes: 60_008,
    packedBytes: 28_881,
  },
  testImages: {
    name: 't10k-images-idx3-ubyte',
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    bytes: 7_840_016,
    packedBytes: 1_648_877,
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte',
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    bytes: 10_008,
    packedBytes: 4_542,
  },
} as const satisfies Record<string, MnistFile>;

export type MnistPart = keyof typeof MNIST_FILES;

export const MNIST_PARTS = Object.keys(MNIST_FILES) as MnistPart[];

/**
 * Where MNIST can be loaded from, besides the page's own folder. Both allow reading from any page
 * (CORS).
 */
export const MNIST_MIRRORS = [
  { name: 'cdn.jsdelivr.net', url: 'https://cdn.jsdelivr.net/gh/fgnt/mnist@master/' },
  { name: 'raw.githubusercontent.com', url: 'https://raw.githubusercontent.com/fgnt/mnist/master/' },
] as const;

/** The folder of the page, or of `public/` in the sources, that may hold the files. */
export const MNIST_FOLDER = 'data/mnist/';
