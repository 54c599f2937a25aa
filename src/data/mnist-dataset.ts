import type { Dataset } from './dataset';
import { MNIST } from './digits';
import { pairImagesWithLabels, parseIdxImages, parseIdxLabels } from './idx';
import { MNIST_FILES, type MnistPart } from './mnist-files';

/**
 * MNIST from its four unpacked files: 60,000 training and 10,000 test images of 28x28.
 * @param source one sentence on where the files come from
 * @throws PlaygroundError naming the file that is not as it should be.
 */
export function mnistDataset(files: Record<MnistPart, Uint8Array>, source: string): Dataset {
  const set = (images: MnistPart, labels: MnistPart) => {
    const parsed = parseIdxImages(files[images], MNIST_FILES[images].name);
    return pairImagesWithLabels(
      parsed,
      parseIdxLabels(files[labels], MNIST_FILES[labels].name, MNIST.classes),
      MNIST_FILES[images].name,
    );
  };
  return {
    ...MNIST,
    source,
    train: set('trainImages', 'trainLabels'),
    test: set('testImages', 'testLabels'),
  };
}
