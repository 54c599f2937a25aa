import { at } from '../../../at';
import { formatPercent } from '../../kit/words/format';
import { Panel } from '../../kit/panel';
import { oneOf } from '../../kit/words/class-words';
import { SUBJECTS } from '../../../data/subjects';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { bestOf, ClassBars } from './class-bars';
import { DrawPad } from './draw-pad';
import { EvaluateTestSet, EvaluationResult } from './evaluation-result';
import { useImageStore } from '../../stores/image-store';
import { hasNetwork } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import classes from './prediction.module.css';
import { SampleStrip } from './sample-strip';
import { SaliencyRow, SeenImage } from './seen-image';
import { useSaliencyStore } from './saliency-store';
import { useChosenImage, usePrediction, type Prediction } from './use-prediction';
import { useSaliency } from './use-saliency';
import { DoodleStrip } from './pad/doodle-strip';

/**
 * Images of the data set, the draw pad if they can be drawn, and the network's answer for the
 * chosen image.
 */
export function PredictionPanel() {
  const drawable = useDatasetFacts().drawing !== null;
  return (
    <div className={classes.prediction}>
      <Panel title="Prediction" actions={<EvaluateTestSet />}>
        <div className={classes.parts}>
          <div className={classes.columns}>
            {drawable && <DrawPad />}
            <Verdict />
          </div>
          {drawable && <DoodleStrip />}
          <SampleStrip />
          <EvaluationResult />
        </div>
      </Panel>
    </div>
  );
}

function Verdict() {
  const chosen = useChosenImage();
  const { pixels, label } = chosen;
  const { value, error } = usePrediction(chosen);
  const prediction = pixels ? value : null;
  // The drawing has grown since the answer, or there is no answer yet.
  const pending = pixels !== null && !error && prediction?.pixels !== pixels;
  const choice = useImageStore((state) => state.choice);
  const marked = useSaliencyStore((state) => state.on);
  const saliency = useSaliency(marked && pixels ? choice : null);
  return (
    <div className={classes.verdict} aria-busy={pending} data-pending={pending || undefined}>
      <div className={classes.seen}>
        <SeenImage pixels={pixels} saliency={saliency.value} />
        <VerdictWords pixels={pixels} prediction={prediction} label={label} />
      </div>
      <SaliencyRow saliency={saliency.value} failed={saliency.error !== null} />
      <ClassBars probabilities={prediction?.probabilities ?? null} label={label} />
      {error && (
        <p className={classes.failed} role="alert">
          {error.what} {error.remedy}
        </p>
      )}
    </div>
  );
}

interface VerdictWordsProps {
  pixels: Float32Array | null;
  prediction: Prediction | null;
  label: number;
}

function VerdictWords({ pixels, prediction, label }: VerdictWordsProps) {
  const drawing = useImageStore((state) => state.source === 'drawing');
  const { classNames, shows } = useDatasetFacts();
  const known = useRunStore(hasNetwork);
  if (!pixels) {
    const words = drawing ? `Draw ${SUBJECTS[shows].image}` : 'Waiting for the images…';
    return <span className={classes.words}>{words}</span>;
  }
  const best = prediction ? bestOf(prediction.probabilities) : -1;
  if (!prediction || best < 0)
    return (
      <span className={classes.words}>
        {prediction
          ? 'No prediction: the network answers NaN'
          : known
            ? 'Asking the network…'
            : 'As the network sees it'}
      </span>
    );
  const { probabilities } = prediction;
  return (
    <span className={classes.words}>
      <b className={classes.best}>
        <ClassName index={best} />
      </b>
      <span className={classes.certainty}>
        <b>{formatPercent(at(probabilities, best))}</b>
        <span>{label < 0 ? 'score' : best === label ? 'right' : `wrong, it is ${oneOf(classNames, label)}`}</span>
      </span>
    </span>
  );
}
