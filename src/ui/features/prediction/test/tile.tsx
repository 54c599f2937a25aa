import { memo } from 'react';
import { GrayImage } from '../../../kit/picture/gray-image';
import { classNameOf, oneOf } from '../../../kit/words/class-words';
import { ClassName } from '../../../parts/classes/class-name';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { formatPercent } from '../../../kit/words/format';
import classes from './test.module.css';

/** The element id of the line above the images that says what pressing one does. */
export const TILE_HELP_ID = 'tile-help';

interface TileProps {
  row: number;
  actual: number;
  predicted: number;
  right: boolean;
  /** 0..1, or NaN */
  confidence: number;
  /** [height, width, channels] in 0..1; null while they are loading. */
  pixels: Float32Array | null;
  height: number;
  width: number;
  channels: number;
  chosen: boolean;
  tabIndex: number;
  onPoint: (row: number) => void;
  onLook: (row: number) => void;
}

/**
 * One image as a button, with the answer below it. Mistakes are marked by a cross as well as a
 * colour.
 */
export const Tile = memo(
  function Tile({
    row,
    actual,
    predicted,
    right,
    confidence,
    pixels,
    chosen,
    tabIndex,
    onPoint,
    onLook,
    ...size
  }: TileProps) {
    const { classNames } = useDatasetFacts();
    const taken = `taken for ${classNameOf(classNames, predicted)}, ${right ? 'right' : 'wrong'}`;
    const name = `Image ${row + 1}, ${oneOf(classNames, actual)}, ${taken}, score ${formatPercent(confidence)}`;
    return (
      <button
        type="button"
        className={classes.tile}
        data-wrong={!right || undefined}
        tabIndex={tabIndex}
        aria-pressed={chosen}
        aria-label={name}
        aria-describedby={TILE_HELP_ID}
        onPointerEnter={() => onPoint(row)}
        onFocus={() => onPoint(row)}
        onClick={() => onLook(row)}
      >
        <GrayImage pixels={pixels} {...size} className={classes.tileImage} />
        <span className={classes.answer}>
          {right ? '✓ ' : '✗ '}
          {!right && (
            <>
              <ClassName index={actual} />→
            </>
          )}
          <ClassName index={predicted} />
        </span>
        <span className={classes.sure}>{formatPercent(confidence)}</span>
      </button>
    );
  },
  // The click handler depends on the row alone, so it need not be compared.
  (before, after) =>
    (Object.keys(after) as (keyof TileProps)[]).every((key) => key === 'onLook' || before[key] === after[key]),
);
