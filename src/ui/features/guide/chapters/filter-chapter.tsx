import { at } from '../../../../at';
import type { Tensor } from '../../../../model/initialize';
import { SourceLink } from '../../../kit/source-link';
import { Chapter, Missing, ShowMe } from '../chapter';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { Picture } from '../picture';
import { NumberSlider } from '../pointer-controls';
import { imageGradient, useFilter, type FilterAtWork } from '../use-convolution';
import { useGuide } from '../use-guide';
import { weightAt } from '../window-math';

/** Shows how the gradient reaches the weights of one filter. */
export function FilterChapter() {
  const { convolution } = useGuide();
  const work = useFilter();
  return (
    <Chapter
      name="filter"
      more={
        <>
          {work && (
            <ShowMe view="train" uid={work.at.uid}>
              Show me the gradient of every filter
            </ShowMe>
          )}{' '}
          Read on: <SourceLink href="http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf">LeCun et al. 1998</SourceLink>,
          where convolutions first learned to read in this way.
        </>
      }
    >
      <p>
        Back at the filter, every place of its answer says how it should have been different: dL/dz. A weight met a
        different pixel at each of these places, so its slope is the sum of pixel times dL/dz over all of them: the
        gradient of a convolution is a convolution again. Where relu has cut, dL/dz is 0, and nothing is learned from
        that place.
      </p>
      {work ? (
        <Pictures work={work} />
      ) : (
        <Missing>
          {convolution
            ? 'Reading the layer…'
            : 'This network has no Conv2D in training: the gradient of a dense weight is input times dL/dz.'}
        </Missing>
      )}
    </Chapter>
  );
}

function Pictures({ work }: { work: FilterAtWork }) {
  const chooseFilter = useGuideStore((state) => state.chooseFilter);
  const { weight, batchGradient, filter, filters, activation } = work;
  const own = imageGradient(work, 0);
  const slice = (tensor: Tensor): Tensor => {
    const [height, width] = [at(tensor.shape, 0), at(tensor.shape, 1)];
    const data = Float32Array.from({ length: height * width }, (_, i) =>
      weightAt(tensor, Math.floor(i / width), i % width, 0, filter),
    );
    return { shape: [height, width, 1], data };
  };
  return (
    <>
      <div className={classes.pictures} data-small>
        <Picture tensor={slice(weight)} title="Filter w" label={`Filter ${filter}`} colors="signed" />
        {own && (
          <>
            <Picture
              tensor={own.dz}
              title="dL/dz, this image"
              label={`dL/dz of filter ${filter} for this image`}
              colors="signed"
            />
            <Picture
              tensor={own.gradient}
              title="dL/dw, this image"
              label={`Gradient of filter ${filter} for this image`}
              colors="signed"
            />
          </>
        )}
        {batchGradient && (
          <Picture
            tensor={slice(batchGradient)}
            title="dL/dw, last batch"
            label={`Gradient of filter ${filter} in the last step`}
            colors="signed"
          />
        )}
      </div>
      {!own && (
        <Missing>
          {work.slope
            ? `The output of ${activation} does not determine its slope, so only the ` +
              'gradient of the last batch can be shown here.'
            : 'Without a label there is no gradient for this image.'}
        </Missing>
      )}
      {!batchGradient && (
        <Missing>
          After the next training step, the gradient of the whole batch, which is the mean over its images, is shown as
          well.
        </Missing>
      )}
      <NumberSlider
        label="Filter"
        help="Which filter of the layer the pictures show, here and above"
        value={filter}
        last={filters - 1}
        onChange={chooseFilter}
      />
    </>
  );
}
