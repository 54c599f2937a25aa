import { at } from '../../../../at';
import type { Tensor } from '../../../../model/initialize';
import { scalePixels } from '../../../../model/input-scaling';
import { requireImage } from '../../../../model/require-shape';
import { formatNumber } from '../../../kit/words/format';
import { ImagePicker } from '../../../parts/images/image-picker';
import { trainedSpec } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { Chapter, Missing, ShowMe } from '../chapter';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { NumberGrid } from '../number-grid';
import { Picture } from '../picture';
import { PlaceSliders } from '../pointer-controls';
import { useGuide } from '../use-guide';
import { channelOf, valueAt } from '../window-math';

/** How many pixels are shown on each side of the chosen one. */
const AROUND = 2;

/** What the network makes of a pixel in 0..1 of the first channel, by its input scaling. */
function useSeen(): (pixel: number) => number {
  const spec = useRunStore(trainedSpec);
  return (pixel) => {
    if (!spec) return pixel;
    const place = new Float32Array(spec.input[2]).fill(pixel);
    return at(scalePixels(spec, place), 0);
  };
}

/** A number without needless decimals: `1`, `−0.424`. */
const short = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');

/** Shows the image as the network gets it. */
export function PixelsChapter() {
  const { answers } = useGuide();
  const see = useSeen();
  const [black, white] = [0, 1].map((pixel) => short(see(pixel)));
  return (
    <Chapter name="pixels" more={<ShowMe view="test">Choose among all test images</ShowMe>}>
      <p>
        To the network an image is a grid of numbers: {black} is black, {white} is white, and one more dimension holds
        the colours where there are any. Point at a pixel to read the numbers around it.
      </p>
      <div className={classes.row}>
        <ImagePicker label={answers?.label ?? -1} />
      </div>
      {answers ? <Pixels image={answers.image} /> : <Missing>Waiting for network and images…</Missing>}
    </Chapter>
  );
}

function Pixels({ image }: { image: Tensor }) {
  const [height, width, channels] = requireImage(image.shape);
  const { y: wantedY, x: wantedX, moveTo } = useGuideStore();
  const see = useSeen();
  const [y, x] = [Math.min(wantedY, height - 1), Math.min(wantedX, width - 1)];
  const side = 2 * AROUND + 1;
  const values = Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [y - AROUND + Math.floor(i / side), x - AROUND + (i % side)];
    return row < 0 || column < 0 || row >= height || column >= width ? null : see(valueAt(image, row, column, 0));
  });
  return (
    <>
      <div className={classes.pictures}>
        <Picture
          tensor={channels === 3 ? channelOf(image, 0) : image}
          title={`${height}×${width}×${channels}`}
          label="The image as numbers"
          colors="gray"
          mark={{ top: y - AROUND, left: x - AROUND, height: side, width: side }}
          onPoint={moveTo}
        />
        <NumberGrid
          caption={`Around row ${y}, column ${x}: ${formatNumber(see(valueAt(image, y, x, 0)))}`}
          values={values}
          columns={side}
          strong={(side * side - 1) / 2}
        />
      </div>
      <PlaceSliders y={y} x={x} shape={image.shape} />
    </>
  );
}
