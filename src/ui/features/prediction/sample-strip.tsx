import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconArrowsShuffle, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { Split } from '../../../data/dataset';
import { useRunStore } from '../../stores/run-store';
import { oneOf } from '../../kit/words/class-words';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { Tooltip } from '../../kit/tooltip';
import { GrayImage } from '../../kit/picture/gray-image';
import { StepButton } from '../../parts/images/image-picker';
import { useImageStore } from '../../stores/image-store';
import pickerClasses from '../../parts/images/image-picker.module.css';
import classes from './prediction.module.css';
import { explained } from '../../kit/explained';
import { SPLITS } from '../../parts/images/splits';
import { useSamples } from './use-samples';

const COUNT = 10;

/** Images of one split with their labels; a click chooses one. */
export function SampleStrip() {
  const { split, row } = useImageStore((state) => state.row);
  const chosen = useImageStore((state) => state.source === 'dataset');
  const chooseRow = useImageStore((state) => state.chooseRow);
  const dataset = useRunStore((state) => state.dataset);
  const { classNames } = useDatasetFacts();
  const first = Math.floor(row / COUNT) * COUNT;
  const samples = useSamples(split, first, COUNT);
  const count = dataset?.counts[split] ?? 0;
  const last = Math.max(0, Math.floor((count - 1) / COUNT) * COUNT);
  const go = (to: number) => count > 0 && chooseRow(split, to);
  return (
    <div>
      <div className={classes.stripHead}>
        <SegmentedControl
          size="xs"
          aria-label="Split of the samples"
          data={explained(SPLITS.map((each) => ({ ...each, disabled: dataset?.counts[each.value] === 0 })))}
          value={split}
          onChange={(value) => chooseRow(value as Split, 0)}
        />
        <div className={pickerClasses.rowPicker}>
          <StepButton
            name="Previous samples"
            icon={IconChevronLeft}
            onClick={() => go(first > 0 ? first - COUNT : last)}
          />
          <StepButton
            name="Next samples"
            icon={IconChevronRight}
            onClick={() => go(first < last ? first + COUNT : 0)}
          />
          <StepButton
            name="Random sample"
            icon={IconArrowsShuffle}
            onClick={() => go(Math.floor(Math.random() * count))}
          />
        </div>
      </div>
      <div className={classes.strip} role="group" aria-label={`Samples of the ${split} images`}>
        {Array.from({ length: COUNT }, (_, i) => {
          const there = samples?.split === split && samples.first === first;
          const [pixels, label] = there ? [samples.images[i], samples.labels[i]] : [];
          if (!dataset || !pixels || label === undefined)
            return <span key={i} className={classes.noSample} aria-hidden />;
          const selected = chosen && first + i === row;
          return (
            <Tooltip key={i} label="Look at this image: here, in the network and in the inspector" position="bottom">
              <UnstyledButton
                className={classes.sample}
                aria-pressed={selected}
                aria-label={`Image ${first + i + 1}, ${oneOf(classNames, label)}`}
                onClick={() => chooseRow(split, first + i)}
              >
                <GrayImage
                  pixels={pixels}
                  height={dataset.height}
                  width={dataset.width}
                  channels={dataset.channels}
                  className={classes.sampleImage}
                />
                <span className={classes.sampleLabel}>
                  <ClassName index={label} />
                </span>
              </UnstyledButton>
            </Tooltip>
          );
        })}
      </div>
    </div>
  );
}
