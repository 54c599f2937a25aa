import { at } from '../../../at';
import { formatPercent } from '../../kit/words/format';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { useImageStore } from '../../stores/image-store';
import { bestOf, ClassBars } from './class-bars';
import { DrawPad } from './draw-pad';
import classes from './prediction.module.css';
import { SeenImage } from './seen-image';
import { useChosenImage, usePrediction } from './use-prediction';

/** The draw pad with a big answer, for people who see the page for the first time. */
export function FirstAnswer() {
  const drawable = useDatasetFacts().drawing !== null;
  const chosen = useChosenImage();
  const { value } = usePrediction(chosen);
  const prediction = chosen.pixels ? value : null;
  const pending = chosen.pixels !== null && prediction?.pixels !== chosen.pixels;
  const best = prediction ? bestOf(prediction.probabilities) : -1;
  return (
    <div className={classes.firstFrame}>
      <div className={classes.first} aria-busy={pending} data-pending={pending || undefined}>
        {drawable && <DrawPad plain />}
        <div className={classes.bigHead} role="status">
          <SeenImage pixels={chosen.pixels} saliency={null} />
          <span className={classes.arrow} aria-hidden>
            →
          </span>
          <span className={classes.big} data-testid="big-answer">
            {best < 0 ? '?' : <ClassName index={best} />}
          </span>
          <span className={classes.bigScore}>
            <WhichImage />
            {prediction && best >= 0 && <b>score {formatPercent(at(prediction.probabilities, best))}</b>}
          </span>
        </div>
        <ClassBars probabilities={prediction?.probabilities ?? null} label={-1} />
      </div>
    </div>
  );
}

function WhichImage() {
  const drawing = useImageStore((state) => state.source === 'drawing');
  return <span>{drawing ? 'Your drawing' : 'An image of the data'}</span>;
}
