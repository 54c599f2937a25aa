import { formatNumber, formatPercent } from '../../../kit/words/format';
import { isRunning } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { Chapter, Missing, ShowMe } from '../chapter';
import classes from '../guide.module.css';
import { Picture } from '../picture';
import { useConvolution, type ConvolutionAtWork } from '../use-convolution';
import { useGuide } from '../use-guide';
import { valueAt } from '../window-math';

/** Shows what the activation of the first convolution does to its sums. */
export function ActivationChapter() {
  const { convolution } = useGuide();
  const work = useConvolution();
  return (
    <Chapter
      name="activation"
      more={
        <ShowMe view="gradients" uid={work?.at.uid}>
          Show me dead and saturated units over time
        </ShowMe>
      }
    >
      <p>
        A sum of sums is only a sum: without something that bends, ten layers could do no more than one. So each number
        z goes through a function. <b>relu</b> keeps what is above 0 and cuts the rest: &ldquo;found&rdquo; or
        &ldquo;not found&rdquo;. <b>sigmoid</b> and <b>tanh</b> squeeze z between two ends, where their slope is nearly
        0; remember that for chapter 10.
      </p>
      {work ? (
        <BeforeAndAfter work={work} />
      ) : (
        <Missing>
          {convolution
            ? 'Reading the layer…'
            : 'This network has no Conv2D in training, so there is no picture to bend here.'}
        </Missing>
      )}
    </Chapter>
  );
}

function BeforeAndAfter({ work: { activation, before, after, filter, y, x } }: { work: ConvolutionAtWork }) {
  const running = useRunStore(isRunning);
  const negative = before.data.reduce((count, z) => count + (z <= 0 ? 1 : 0), 0) / before.data.length;
  const mark = { top: y, left: x, height: 1, width: 1 };
  return (
    <>
      <div className={classes.pictures}>
        <Picture
          tensor={before}
          title="Before: z"
          label={`Filter ${filter} before the activation`}
          colors="signed"
          mark={mark}
        />
        <Picture
          tensor={after}
          title={`After: ${activation}(z)`}
          label={`Filter ${filter} after ${activation}`}
          mark={mark}
        />
      </div>
      <p className={`${classes.sum} numeric`}>
        At the marked place z = {formatNumber(valueAt(before, y, x, 0))} becomes{' '}
        <b>{formatNumber(valueAt(after, y, x, 0))}</b>. {formatPercent(negative)} of all places are not above 0
        {activation === 'relu' && ', and cut'}.{' '}
        {running
          ? 'Left is worked out by this guide, right by the engine; while it trains they may be a step apart.'
          : 'Left is worked out by this guide in plain JavaScript, right is what the engine has stored.'}
      </p>
    </>
  );
}
