import { at } from '../../at';
import type { Dataset, DatasetInfo, Split } from '../../data/dataset';
import { splitIndices } from '../../data/split';
import { PlaygroundError } from '../../errors';
import type { ResolvedModel } from '../../model/resolve';
import type { TrainSettings } from '../../model/settings';
import { imageShape } from '../loop/pixels';

/** A data set divided into images for training, for validation, and for testing only. */
export class LoadedData {
  /** Positions in the train image set (train, validation) or the test image set. */
  private readonly positions: Record<Split, Uint32Array>;

  constructor(
    readonly dataset: Dataset,
    settings: TrainSettings,
  ) {
    const { train, validation } = splitIndices(dataset.train.labels.length, settings.validationSplit, settings.seed);
    this.positions = { train, validation, test: Uint32Array.from(dataset.test.labels, (_, i) => i) };
  }

  get info(): DatasetInfo {
    const { train: _train, test: _test, ...known } = this.dataset;
    const { train, validation, test } = this.positions;
    const counts = { train: train.length, validation: validation.length, test: test.length };
    return { ...known, counts };
  }

  /** The image set that contains a split. */
  setOf(split: Split): 'train' | 'test' {
    return split === 'test' ? 'test' : 'train';
  }

  /** Positions of a split in its image set; may be empty. */
  rows(split: Split): Uint32Array {
    if (Object.hasOwn(this.positions, split)) return this.positions[split];
    throw new PlaygroundError(`there is no split "${split}".`, { remedy: 'Choose train, validation or test.' });
  }

  /** @throws PlaygroundError if the split has no images. */
  filledRows(split: Split): Uint32Array {
    const rows = this.rows(split);
    if (rows.length > 0) return rows;
    const remedy =
      split === 'test' ? 'Choose a data set with test images.' : 'Change the validation split, or use more images.';
    throw new PlaygroundError(`${this.dataset.name} has no ${split} images.`, { remedy });
  }

  /** Position of one row of a split. @throws PlaygroundError if there is no such row. */
  position(split: Split, row: number): number {
    const rows = this.rows(split);
    if (Number.isInteger(row) && row >= 0 && row < rows.length) return at(rows, row);
    const remedy = rows.length > 0 ? `Choose 0 to ${rows.length - 1}.` : 'This split has no images.';
    throw new PlaygroundError(`there is no ${split} image ${row}.`, { where: { field: 'row' }, remedy });
  }
}

/** Why a network cannot work on a data set, or null if it can. */
export function misfit(model: ResolvedModel, dataset: Dataset): PlaygroundError | null {
  const input = model.spec.input.join(' x ');
  const images = imageShape(dataset).join(' x ');
  if (input !== images) {
    return new PlaygroundError(`the network expects images of ${input}, but ${dataset.name} has images of ${images}.`, {
      where: { field: 'input' },
      remedy: 'Choose another data set, or a network with that input.',
    });
  }
  if (model.classes === dataset.classes) return null;
  return new PlaygroundError(
    `the network ends with ${model.classes} outputs, but ${dataset.name} has ${dataset.classes} classes.`,
    {
      where: { layer: model.layers.at(-1)?.id },
      remedy: `End with a Dense layer of ${dataset.classes} units.`,
    },
  );
}
