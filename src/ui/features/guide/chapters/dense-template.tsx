import { at } from '../../../../at';
import type { Tensor } from '../../../../model/initialize';
import { sizeOf } from '../../../../model/shape';
import { formatNumber } from '../../../kit/words/format';
import { Missing } from '../chapter';
import { evidenceFor } from '../class-math';
import type { GuideLayer } from '../guide-layers';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { Picture } from '../picture';
import { NumberSlider } from '../pointer-controls';
import { useGuide } from '../use-guide';
import { channelOf } from '../window-math';

/**
 * For a network without convolutions: shows a dense layer's weights, one per pixel, as the picture
 * they form.
 */
export function DenseTemplate({ at: dense }: { at: GuideLayer }) {
  const { answers } = useGuide();
  const { filter: wanted, chooseFilter } = useGuideStore();
  const inspection = answers?.layers[dense.layer.id];
  const weight = inspection?.weights.find(({ name }) => name === 'weight')?.value;
  const words = 'This network has no Conv2D: its first layer with weights is dense.';
  if (!answers || !inspection || !weight) return <Missing>{words}</Missing>;
  const { image } = answers;
  const [inputs, units] = [at(weight.shape, 0), at(weight.shape, 1)];
  if (inputs !== sizeOf(image.shape))
    return <Missing>{words} It does not read the image itself, so its weights are not pictures.</Missing>;
  const unit = Math.min(wanted, units - 1);
  const bias = inspection.weights.find(({ name }) => name === 'bias')?.value.data[unit] ?? 0;
  // Uses the layer's own input, since a layer before it may have changed the image.
  const { score } = evidenceFor(inspection.input.data, weight.data, bias, units, unit);
  const column: Tensor = {
    shape: image.shape,
    data: Float32Array.from({ length: inputs }, (_, i) => at(weight.data, i * units + unit)),
  };
  return (
    <>
      <Missing>
        {words} It has a weight of its own for every pixel, and must learn each place by itself; a filter would serve
        all of them.
      </Missing>
      <div className={classes.pictures}>
        <Picture tensor={channelOf(image, 0)} title="Image" label="The image" colors="gray" />
        <Picture
          tensor={channelOf(column, 0)}
          title={`Weights of unit ${unit}`}
          label={`Weights of unit ${unit} of ${dense.layer.id}`}
          colors="signed"
        />
      </div>
      <p className={`${classes.sum} numeric`}>
        Pixel times weight, added up over {inputs} pixels, plus the bias {formatNumber(bias)}:{' '}
        <b>z = {formatNumber(score)}</b>
      </p>
      <NumberSlider
        label="Unit"
        help="Which unit of the layer is shown as a picture of its weights"
        value={unit}
        last={units - 1}
        onChange={chooseFilter}
      />
    </>
  );
}
