import { useComputedColorScheme } from '@mantine/core';
import { formatCount, formatNumber } from '../../../kit/words/format';
import { classNameOf, oneOf } from '../../../kit/words/class-words';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { signColor } from '../../../kit/palette';
import { Chapter, Missing, ShowMe } from '../chapter';
import { evidenceFor, type Evidence } from '../class-math';
import type { GuideLayer } from '../guide-layers';
import { useGuideStore } from '../guide-store';
import classes from '../guide.module.css';
import { NumberSlider } from '../pointer-controls';
import { useGuide } from '../use-guide';

/** Shows how the last layer computes the score of a class. */
export function DenseChapter() {
  const { last } = useGuide();
  return (
    <Chapter
      name="dense"
      more={
        isDense(last) && (
          <ShowMe view="train" uid={last.uid}>
            Show me its weights
          </ShowMe>
        )
      }
    >
      <p>
        <b>Flatten</b> writes the pictures one after the other into a long list; no number changes. A <b>dense</b> layer
        then has one weight for each of them and for each class. What was found is multiplied by how much it speaks for
        the class, or against it, and added up: the score of the class, its logit.
      </p>
      <Score />
    </Chapter>
  );
}

const isDense = (at: GuideLayer | null): at is GuideLayer => at?.layer.spec.kind === 'dense';

function Score() {
  const { last, answers } = useGuide();
  const { unit: wanted, chooseClass } = useGuideStore();
  const { classNames } = useDatasetFacts();
  if (last && !isDense(last))
    return <Missing>This network does not end with a dense layer: its scores come from another kind.</Missing>;
  const inspection = last ? answers?.layers[last.layer.id] : undefined;
  const tensors = Object.fromEntries(inspection?.weights.map(({ name, value }) => [name, value]) ?? []);
  if (!inspection || !tensors.weight) return <Missing>Reading the layer…</Missing>;
  const { input, output } = inspection;
  const logits = [...output.data];
  // If a score is NaN, none is the largest: then the first class is taken.
  const best = Math.max(0, logits.indexOf(Math.max(...logits)));
  const unit = Math.min(wanted ?? best, logits.length - 1);
  const evidence = evidenceFor(input.data, tensors.weight.data, tensors.bias?.data[unit] ?? 0, logits.length, unit);
  return (
    <>
      <EvidenceBar evidence={evidence} of={oneOf(classNames, unit)} inputs={input.data.length} />
      <NumberSlider
        label="Class"
        help="The class whose score is taken apart"
        value={unit}
        valueText={classNameOf(classNames, unit)}
        last={logits.length - 1}
        onChange={chooseClass}
      />
    </>
  );
}

function EvidenceBar({ evidence, of, inputs }: { evidence: Evidence; of: string; inputs: number }) {
  const scheme = useComputedColorScheme('light');
  const total = evidence.for - evidence.against || 1;
  return (
    <div className={`${classes.evidence} numeric`}>
      <div className={classes.evidenceBar} aria-hidden>
        <span style={{ flexGrow: -evidence.against / total, background: signColor(-0.5, scheme) }} />
        <span style={{ flexGrow: evidence.for / total, background: signColor(0.5, scheme) }} />
      </div>
      <p className={classes.sum}>
        Of {formatCount(inputs)} numbers, {formatNumber(evidence.for)} speak for {of} and{' '}
        {formatNumber(evidence.against)} against it. With the bias {formatNumber(evidence.bias)} the score is{' '}
        <b>{formatNumber(evidence.score)}</b>.
      </p>
    </div>
  );
}
