import { memo } from 'react';
import { boundsOf } from '../../../model/explain/receptive-field';
import { asImage } from '../../../model/reach';
import { GrayImage } from '../../kit/picture/gray-image';
import { oneOf } from '../../kit/words/class-words';
import { useDatasetFacts } from '../../stores/dataset-facts';
import classes from './inspector.module.css';
import type { Inspected } from './use-inspection';

/** The picture grows up to this size, in pixels. */
const SIDE = 64;

/**
 * The image that the layer's answer belongs to, with the receptive field of the chosen number over
 * it.
 * @param field 1 for each pixel that the number depends on
 */
export function ChosenImage({ inspected, field }: { inspected: Inspected; field: Uint8Array }) {
  const { image, label } = inspected.inspection;
  const { classNames } = useDatasetFacts();
  const [height, width, channels] = asImage(image.shape);
  const fitting = SIDE / Math.max(height, width);
  const scale = fitting < 1 ? fitting : Math.floor(fitting);
  return (
    <div className={classes.input}>
      {/* All channels are one picture: a pixel in the receptive field is in it for every channel. */}
      <div className={classes.canvasBox} style={{ width: width * scale, height: height * scale }}>
        <GrayImage
          pixels={image.data}
          height={height}
          width={width}
          channels={channels}
          className={classes.chosenImage}
          label={label < 0 ? 'Chosen image' : `Chosen image, ${oneOf(classNames, label)}`}
        />
        <Field field={field} height={height} width={width} />
      </div>
    </div>
  );
}

/** Draws the receptive field over the image pixel by pixel, since it may have holes. */
const Field = memo(function Field({ field, height, width }: { field: Uint8Array; height: number; width: number }) {
  const bounds = boundsOf(field, width);
  const size = field.reduce((sum, seen) => sum + seen, 0);
  const words = bounds
    ? `Receptive field: ${size} pixels, rows ${bounds.top} to ${bounds.top + bounds.height - 1}, columns ` +
      `${bounds.left} to ${bounds.left + bounds.width - 1}`
    : 'Receptive field: no pixel, this place only sees padding';
  return (
    <svg
      className={classes.field}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      {/* A receptive field that covers the whole image needs no colour. */}
      {size < field.length && <path d={pathOf(field, width)} className={classes.fieldPixels} />}
      {bounds && (
        <rect
          x={bounds.left}
          y={bounds.top}
          width={bounds.width}
          height={bounds.height}
          className={classes.fieldFrame}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
});

/** The path of the field: one rectangle for each run of ones in a row. */
function pathOf(field: Uint8Array, width: number): string {
  let path = '';
  for (let start = 0; start < field.length; start++) {
    if (!field[start]) continue;
    let end = start + 1;
    while (end % width !== 0 && field[end]) end++;
    path += `M${start % width} ${Math.floor(start / width)}h${end - start}v1h${start - end}z`;
    start = end - 1;
  }
  return path;
}
