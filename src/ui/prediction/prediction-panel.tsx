import { formatPercent } from '../format';
import { Panel } from '../shell/panel';
import { useRunStore } from '../stores/run-store';
import { bestOf, ClassBars } from './class-bars';
import { DrawPad } from './draw-pad';
import { EvaluateTestSet, EvaluationResult } from './evaluation-result';
import { useImageStore } from './image-store';
import classes from './prediction.module.css';
import { SampleStrip } from './sample-strip';
import { SaliencyRow, SeenImage } from './seen-image';
import { useSaliencyStore } from './saliency-store';
import { useChosenImage, usePrediction } from './use-prediction';
import { useSaliency } from './use-saliency';
import { DoodleStrip } from './pad/doodle-strip';

/** Images of the data set, the draw pad, and what the network says about the chosen one. */
export function PredictionPanel() {
  return (
    <div className={classes.prediction}>
      <Panel title="Prediction" actions={<EvaluateTestSet />}>
        <div className={classes.parts}>
          <div className={classes.columns}>
            <DrawPad />
            <Verdict />
          </div>
          <DoodleStrip />
          <SampleStrip />
          <EvaluationResult />
        </div>
      </Panel>
    </div>
  );
}

function Verdict() {
  const { pixels, label } = useChosenImage();
  const { value, error } = usePrediction(pixels);
  const dataset = useRunStore((state) => state.dataset);
  const probabilities = pixels ? value : null;
  const choice = useImageStore((state) => state.choice);
  const marked = useSaliencyStore((state) => state.on);
  const saliency = useSaliency(marked && pixels ? choice : null);
  return (
    <div className={classes.verdict}>
      <div className={classes.seen}>
        <SeenImage pixels={pixels} saliency={saliency.value} />
        <VerdictWords pixels={pixels} probabilities={probabilities} label={label} />
      </div>
      <SaliencyRow saliency={saliency.value} failed={saliency.error !== null} />
      <ClassBars probabilities={probabilities} count={dataset?.classes ?? 10} label={label} />
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
  probabilities: Float32Array | null;
  label: number;
}

function VerdictWords({ pixels, probabilities, label }: VerdictWordsProps) {
  const drawing = useImageStore((state) => state.source === 'drawing');
  if (!pixels) return <span className={classes.words}>{drawing ? 'Draw a digit' : 'Waiting for the images…'}</span>;
  const best = probabilities ? bestOf(probabilities) : -1;
  if (!probabilities || best < 0)
    return <span className={classes.words}>{probabilities ? 'No prediction: the network answers NaN' : 'As the network sees it'}</span>;
  return (
    <span className={classes.words}>
      <b className={classes.best}>{best}</b>
      <span className={classes.certainty}>
        <b>{formatPercent(probabilities[best])}</b>
        <span>{label < 0 ? 'for this class' : best === label ? 'right' : `wrong, it is a ${label}`}</span>
      </span>
    </span>
  );
}
