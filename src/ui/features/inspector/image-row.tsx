import { memo } from 'react';
import { ImagePicker } from '../../parts/images/image-picker';
import classes from './inspector.module.css';
import { RangePicker } from './range-picker';

/**
 * Which image the layer is shown at, and what goes for all pictures. @param label of the image, -1
 * if unknown
 */
export const ImageRow = memo(function ImageRow({ label }: { label: number }) {
  return (
    <div className={classes.imageRow}>
      <ImagePicker label={label} />
      <RangePicker />
    </div>
  );
});
