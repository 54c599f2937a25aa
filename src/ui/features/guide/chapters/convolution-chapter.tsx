import { at, last } from '../../../../at';
import { channelsOf } from '../../../../model/shape';
import { formatNumber } from '../../../kit/words/format';
import { SourceLink } from '../../../kit/source-link';
import { Chapter, Missing, ShowMe } from '../chapter';
import { DenseTemplate } from './dense-template';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { NumberGrid } from '../number-grid';
import { Picture } from '../picture';
import { NumberSlider, PlaceSliders, SlideButton } from '../pointer-controls';
import { useConvolution, type ConvolutionAtWork } from '../use-convolution';
import { useGuide } from '../use-guide';
import { cellsOf, channelOf, valueAt, weightAt } from '../window-math';

/** Windows with more cells than this are not shown as numbers. */
const MOST_CELLS = 25;

/** Slides a real filter of the network over the image. */
export function ConvolutionChapter() {
  const { convolution, dense } = useGuide();
  const work = useConvolution();
  return (
    <Chapter
      name="convolution"
      more={
        <>
          {work && (
            <ShowMe view="train" uid={work.at.uid}>
              Show me all filters in the inspector
            </ShowMe>
          )}{' '}
          Read on:{' '}
          <SourceLink href="https://cs231n.github.io/convolutional-networks/">
            CS231n, convolutional networks
          </SourceLink>
          ;{' '}
          <SourceLink href="https://www.deeplearningbook.org/contents/convnets.html">
            Goodfellow et al., Deep Learning, chapter 9
          </SourceLink>
          .
        </>
      }
    >
      <p>
        A filter is a small grid of weights. It is laid over a window of the image, each pixel is multiplied by the
        weight on top of it, and the products are added up with a bias: one number that says how much this window looks
        like the filter. Then the window moves on. The same few weights serve every place, so a stroke is found wherever
        it is.
      </p>
      {work ? (
        <Sliding work={work} />
      ) : dense ? (
        <DenseTemplate at={dense} />
      ) : (
        <Missing>
          {convolution
            ? 'Reading the layer…'
            : 'This network has no Conv2D in training. Add one, and its first filter appears here.'}
        </Missing>
      )}
    </Chapter>
  );
}

function Sliding({ work }: { work: ConvolutionAtWork }) {
  const { sliding, input, weight, bias, filters, filter, y, x, after, before } = work;
  const chooseFilter = useGuideStore((state) => state.chooseFilter);
  const moveTo = useGuideStore((state) => state.moveTo);
  const cells = cellsOf(sliding, input.shape, y, x);
  const [first, end] = [at(cells, 0), last(cells)];
  const mark = {
    top: first.row,
    left: first.column,
    height: end.row - first.row + 1,
    width: end.column - first.column + 1,
  };
  const channels = channelsOf(input.shape);
  const z = valueAt(before, y, x, 0);
  return (
    <>
      <div className={classes.pictures}>
        <Picture
          tensor={channelOf(input, 0)}
          title={`Input${channels > 1 ? `, channel 0 of ${channels}` : ''}`}
          label="Input of the convolution"
          mark={mark}
        />
        <Picture
          tensor={after}
          title={`Answer of filter ${filter}`}
          label={`Answer of filter ${filter} of ${work.at.layer.id}`}
          mark={{ top: y, left: x, height: 1, width: 1 }}
          onPoint={moveTo}
        />
      </div>
      {cells.length <= MOST_CELLS && (
        <div className={classes.product}>
          <NumberGrid
            caption="Pixels"
            values={cells.map(({ inside, row, column }) => (inside ? valueAt(input, row, column, 0) : null))}
            columns={sliding.size[1]}
          />
          <span className={classes.sign}>×</span>
          <NumberGrid
            caption="Filter"
            values={cells.map(({ u, v }) => weightAt(weight, u, v, 0, filter))}
            columns={sliding.size[1]}
          />
          <span className={classes.sign}>=</span>
          <NumberGrid
            caption="Products"
            values={cells.map(
              ({ u, v, row, column }) => valueAt(input, row, column, 0) * weightAt(weight, u, v, 0, filter),
            )}
            columns={sliding.size[1]}
          />
        </div>
      )}
      <p className={`${classes.sum} numeric`}>
        Sum of the products{channels > 1 && ` over all ${channels} channels`}: {formatNumber(z - bias)}. Plus the bias,
        which is {formatNumber(bias)}: <b>z = {formatNumber(z)}</b>
      </p>
      <div className={classes.row}>
        <SlideButton shape={after.shape} />
        <PlaceSliders y={y} x={x} shape={after.shape} />
        <NumberSlider
          label="Filter"
          help="Which filter of the layer the pictures show, here and below"
          value={filter}
          last={filters - 1}
          onChange={chooseFilter}
        />
      </div>
    </>
  );
}
