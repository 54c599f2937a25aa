import { at } from '../../../../at';
import { requireImage } from '../../../../model/require-shape';
import { formatNumber } from '../../../kit/words/format';
import { Chapter, Missing, ShowMe } from '../chapter';
import { slidingOf, type GuideLayer } from '../guide-layers';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { NumberGrid } from '../number-grid';
import { Picture } from '../picture';
import { useGuide, type GuideAnswers } from '../use-guide';
import { cellsOf, channelOf, valueAt } from '../window-math';

/** Shows the first pooling at the chosen place. */
export function PoolingChapter() {
  const { pooling, answers } = useGuide();
  return (
    <Chapter
      name="pooling"
      more={
        pooling && (
          <ShowMe view="train" uid={pooling.uid}>
            Show me which pixels won
          </ShowMe>
        )
      }
    >
      <p>
        Pooling makes the picture smaller: of each window it keeps the largest number (or the mean). It forgets where
        exactly a stroke was, but not that it was there, and the next filter sees twice as much of the image. On the way
        back, the gradient goes to the pixel that won, and to no other.
      </p>
      {pooling && answers ? (
        <Window at={pooling} answers={answers} />
      ) : (
        <Missing>
          {pooling
            ? 'Reading the layer…'
            : 'This network has no pooling. Strides above 1 in a convolution make pictures smaller as well.'}
        </Missing>
      )}
    </Chapter>
  );
}

function Window({ at: pooling, answers }: { at: GuideLayer; answers: GuideAnswers }) {
  const { filter: wanted, y: wantedY, x: wantedX, moveTo } = useGuideStore();
  const inspection = answers.layers[pooling.layer.id];
  const sliding = slidingOf(pooling.layer);
  if (!inspection || !sliding) return <Missing>Reading the layer…</Missing>;
  const { input, output } = inspection;
  const [height, width, channels] = requireImage(output.shape);
  const channel = Math.min(wanted, channels - 1);
  // Converts the place chosen in the picture before to an output pixel of this layer, as far as
  // there is one: windows stand `strides` apart.
  const y = Math.min(Math.floor(wantedY / sliding.strides[0]), height - 1);
  const x = Math.min(Math.floor(wantedX / sliding.strides[1]), width - 1);
  const cells = cellsOf(sliding, input.shape, y, x);
  const first = at(cells, 0);
  const values = cells.map(({ inside, row, column }) => (inside ? valueAt(input, row, column, channel) : null));
  const best = values.indexOf(Math.max(...values.map((value) => value ?? -Infinity)));
  const largest = pooling.layer.spec.kind === 'maxPool2d';
  return (
    <div className={classes.pictures}>
      <Picture
        tensor={channelOf(input, channel)}
        title={`Before: ${input.shape[0]}×${input.shape[1]}`}
        label={`Channel ${channel} before the pooling`}
        mark={{ top: first.row, left: first.column, height: sliding.size[0], width: sliding.size[1] }}
        onPoint={moveTo}
      />
      <NumberGrid
        caption={`${largest ? 'The largest' : 'The mean'} is ${formatNumber(valueAt(output, y, x, channel))}`}
        values={values}
        columns={sliding.size[1]}
        strong={largest ? best : undefined}
      />
      <Picture
        tensor={channelOf(output, channel)}
        title={`After: ${height}×${width}`}
        label={`Channel ${channel} after the pooling`}
        mark={{ top: y, left: x, height: 1, width: 1 }}
        onPoint={(row, column) => moveTo(row * sliding.strides[0], column * sliding.strides[1])}
      />
    </div>
  );
}
