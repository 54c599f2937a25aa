import { memo } from 'react';
import { ImagePicker } from '../../parts/images/image-picker';
import classes from './inspector.module.css';
import { RangePicker } from './range-picker';

/**
 * Names the image that the layer is shown for, with the settings that all pictures share.
 * @param label of the image, -1 if unknown
 */
export const ImageRow = memo(function ImageRow({ label }: { label: number }) {
  return (
    <div className={classes.imageRow}>
      <ImagePicker label={label} />
      <RangePicker />
    </div>
  );
});
