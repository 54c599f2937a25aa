import { Button, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import {
  isNormalization,
  LEAST_STD,
  MOST_MEAN,
  MOST_STD,
  SCALING_RANGES,
  type Normalization,
} from '../../model/input-scaling';
import { explained } from '../kit/explained';
import { NumberBox } from '../kit/input/number-box';
import { Tooltip } from '../kit/tooltip';
import { useModelStore } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../client/use-playground';
import classes from './header.module.css';

const NORMALIZE = {
  label: 'Mean, std',
  help: 'Pixels in 0..1 less the mean, divided by the standard deviation, for each channel.',
};

const CHOICES: Record<string, { label: string; help: string }> = { ...SCALING_RANGES, normalize: NORMALIZE };

const OPTIONS = explained(Object.entries(CHOICES).map(([value, choice]) => ({ value, ...choice })));

/** Chooses how the network takes its input, see `InputScaling`. */
export function InputScalingForm() {
  const titleId = useId();
  const scaling = useModelStore((state) => state.inputScaling) ?? 'unit';
  const chosen = isNormalization(scaling) ? 'normalize' : scaling;
  return (
    <section className={classes.scaling} aria-labelledby={titleId}>
      <h4 id={titleId}>Input scaling</h4>
      <SegmentedControl fullWidth size="xs" aria-labelledby={titleId} data={OPTIONS} value={chosen} onChange={choose} />
      <p>{CHOICES[chosen]?.help}</p>
      {isNormalization(scaling) && <Channels {...scaling} />}
      <p>It belongs to the network: saved, shared and undone with it. A change keeps the weights.</p>
    </section>
  );
}

/** Mean 0 and deviation 1 are the range 0..1, until other numbers are given. */
function choose(value: string): void {
  const { input, scaleInput } = useModelStore.getState();
  const each = (number: number) => Array.from({ length: input[2] }, () => number);
  scaleInput(value === 'normalize' ? { mean: each(0), std: each(1) } : value);
}

/** Replaces numbers of the normalization, unless another scaling was chosen meanwhile. */
function change(part: (now: Normalization) => Partial<Normalization>): void {
  const { inputScaling, scaleInput } = useModelStore.getState();
  if (inputScaling && isNormalization(inputScaling)) scaleInput({ ...inputScaling, ...part(inputScaling) });
}

const COLUMNS = [
  { part: 'mean', label: 'Mean', help: 'Mean of the pixels in 0..1', min: -MOST_MEAN, max: MOST_MEAN },
  { part: 'std', label: 'Std', help: 'Standard deviation of the pixels in 0..1', min: LEAST_STD, max: MOST_STD },
] as const;

/** Two number boxes for each channel, and a button that fills them from the training images. */
function Channels(scaling: Normalization) {
  const many = scaling.mean.length > 1;
  return (
    <>
      <div className={classes.channels}>
        {scaling.mean.map((_, channel) =>
          COLUMNS.map(({ part, label, help, min, max }) => (
            <Tooltip key={`${part}${channel}`} label={many ? `${help} in channel ${channel}` : help}>
              <div className={classes.channel}>
                <span className={classes.settingLabel} aria-hidden>
                  {label}
                  {many && ` ${channel}`}
                </span>
                <NumberBox
                  label={many ? `${label}, channel ${channel}` : label}
                  value={scaling[part][channel] ?? NaN}
                  min={min}
                  max={max}
                  step={0.01}
                  byFactor={false}
                  onChange={(next) => change((now) => ({ [part]: now[part].with(channel, next) }))}
                />
              </div>
            </Tooltip>
          )),
        )}
      </div>
      <FromTheData />
    </>
  );
}

function FromTheData() {
  const playground = usePlayground();
  const hasData = useRunStore((state) => state.dataset !== null);
  // The button stays enabled meanwhile: disabled, it would lose the focus, and the dialog its keys.
  const measure = async () => {
    try {
      const measured = await playground.ask('inputStatistics', {});
      change(() => measured);
    } catch (error) {
      playground.showProblem(error);
    }
  };
  return (
    <Tooltip
      label="Takes the mean and the standard deviation of all training images, validation images left out"
      position="bottom-start"
    >
      <Button
        size="xs"
        variant="default"
        className={classes.fromData}
        disabled={!hasData}
        onClick={() => void measure()}
      >
        From the data
      </Button>
    </Tooltip>
  );
}
