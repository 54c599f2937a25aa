import { at } from '../../../at';
import type { ResolvedModel } from '../../../model/resolve';
import type { BatchTrace } from '../../../train/wire/protocol';
import { formatCount } from '../../kit/words/format';
import { scalingWords } from '../../kit/words/scaling-words';
import { articleOf, classNameOf, oneOf } from '../../kit/words/class-words';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { exampleOf, seenExample } from './example-slice';
import { StatsTable } from './stats-table';
import { useStepStore } from './step-store';
import classes from './step.module.css';
import { TensorFigure } from './tensor-figure';

/** Shows the images of the step and their labels. */
export function InputStage({ trace, model }: { trace: BatchTrace; model: ResolvedModel }) {
  const example = useStepStore((state) => state.example);
  const { classNames } = useDatasetFacts();
  const label = at(trace.labels, example);
  return (
    <>
      <div className={classes.pair}>
        <TensorFigure
          title={
            <>
              Image, {articleOf(classNames, label)}{' '}
              <b>
                <ClassName index={label} />
              </b>
            </>
          }
          label={`Image of the batch, ${oneOf(classNames, label)}`}
          tensor={exampleOf(trace.images, example)}
          colors="gray"
        />
        {trace.model.inputScaling && (
          <TensorFigure
            title={`x as the network sees it: ${scalingWords(trace.model.inputScaling)}`}
            label="The image, scaled"
            tensor={seenExample(trace, example)}
          />
        )}
        <LabelCounts labels={trace.labels} count={model.classes} />
      </div>
      <StatsTable caption="Over the whole batch" rows={[{ key: 'x', name: 'Pixels x', stats: trace.inputStats }]} />
    </>
  );
}

/** Bars that count how many images of each class are in the batch. */
function LabelCounts({ labels, count }: { labels: Uint8Array; count: number }) {
  const { classNames } = useDatasetFacts();
  const counts = Array.from({ length: count }, (_, label) =>
    labels.reduce((sum, each) => sum + Number(each === label), 0),
  );
  const most = Math.max(...counts, 1);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.figureTitle}>
        Labels <span className={`${classes.shape} numeric`}>{formatCount(labels.length)} images</span>
      </figcaption>
      <ul className={`${classes.labelCounts} numeric`}>
        {counts.map((images, label) => (
          <li key={label} aria-label={`${classNameOf(classNames, label)}: ${images} images`}>
            <span aria-hidden>
              <ClassName index={label} />
            </span>
            <span className={classes.track} aria-hidden>
              <span className={classes.fill} style={{ width: `${(100 * images) / most}%` }} />
            </span>
            <span aria-hidden>{images}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
