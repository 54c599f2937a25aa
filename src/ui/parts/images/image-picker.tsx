import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconArrowsShuffle, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { Split } from '../../../data/dataset';
import { SUBJECTS } from '../../../data/subjects';
import { classOptions } from '../../kit/words/class-words';
import { ClassName } from '../classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { formatCount, formatExact } from '../../kit/words/format';
import { SelectWithHelp } from '../../kit/input/select-with-help';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { useImageStore } from '../../stores/image-store';
import classes from './image-picker.module.css';
import { explained } from '../../kit/explained';
import { SPLITS } from './splits';

/**
 * Chooses the image to look at: a row of a split (previous, next, random) or the drawing.
 * @param label of the image, -1 if unknown
 */
export function ImagePicker({ label }: { label: number }) {
  const { source, row, drawn, chooseRow, show } = useImageStore();
  const dataset = useRunStore((state) => state.dataset);
  const { drawing } = useDatasetFacts();
  const showsDrawing = source === 'drawing' && drawn !== null;
  const splits = SPLITS.map((split) => ({ ...split, disabled: dataset?.counts[split.value] === 0 }));
  const sources = explained([...splits, ...(drawing === null ? [] : [drawnSource(drawn !== null)])]);
  const choose = (value: string) => (value === 'drawing' ? show('drawing') : chooseRow(value as Split, 0));
  return (
    <div className={classes.picker}>
      <SegmentedControl
        size="xs"
        aria-label="Image to look at"
        data={sources}
        value={showsDrawing ? 'drawing' : row.split}
        onChange={choose}
      />
      {showsDrawing ? <DrawnLabel /> : <RowPicker count={dataset?.counts[row.split] ?? 0} label={label} />}
    </div>
  );
}

const drawnSource = (drawn: boolean) => ({
  value: 'drawing',
  label: 'Drawn',
  help: drawn ? 'What is on the draw pad' : 'Draw on the pad under Prediction first',
  disabled: !drawn,
});

function RowPicker({ count, label }: { count: number; label: number }) {
  const { split, row } = useImageStore((state) => state.row);
  const chooseRow = useImageStore((state) => state.chooseRow);
  const go = (to: number) => count > 0 && chooseRow(split, (to + count) % count);
  return (
    <div className={classes.rowPicker}>
      <StepButton name="Previous image" icon={IconChevronLeft} onClick={() => go(row - 1)} />
      <StepButton name="Next image" icon={IconChevronRight} onClick={() => go(row + 1)} />
      <StepButton name="Random image" icon={IconArrowsShuffle} onClick={() => go(Math.floor(Math.random() * count))} />
      <span className={classes.rowText}>
        {formatExact(row + 1)} of {formatCount(count)}
        {label >= 0 && (
          <>
            , label{' '}
            <b>
              <ClassName index={label} />
            </b>
          </>
        )}
      </span>
    </div>
  );
}

interface StepButtonProps {
  name: string;
  icon: typeof IconChevronLeft;
  disabled?: boolean;
  onClick: () => void;
}

/** A small button with its name as tooltip. */
export function StepButton({ name, icon: Icon, disabled, onClick }: StepButtonProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon size="md" aria-label={name} disabled={disabled} onClick={onClick}>
        <Icon size={16} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Chooses which class the drawing is meant to be. */
export function DrawnLabel() {
  const { classNames, shows } = useDatasetFacts();
  const noun = SUBJECTS[shows].class;
  const label = useImageStore((state) => state.drawnLabel);
  const labelDrawing = useImageStore((state) => state.labelDrawing);
  return (
    <SelectWithHelp
      help={`Which ${noun} you meant to draw: with it the loss and its gradients are shown for the drawing too`}
      size="xs"
      w={128}
      aria-label={`Which ${noun} you drew`}
      placeholder="I drew a …"
      clearable
      data={classOptions(classNames)}
      value={label === undefined ? null : String(label)}
      onChange={(value) => labelDrawing(value === null ? undefined : Number(value))}
    />
  );
}
