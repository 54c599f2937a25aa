import { Button, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { formatExact } from '../../../kit/words/format';
import { SUBJECTS } from '../../../../data/subjects';
import { classOptions } from '../../../kit/words/class-words';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { explained } from '../../../kit/explained';
import { SelectWithHelp } from '../../../kit/input/select-with-help';
import { Tooltip } from '../../../kit/tooltip';
import { StepButton } from '../../../parts/images/image-picker';
import { ORDERS, type GalleryOrder, type Outcome } from './gallery-rows';
import classes from './test.module.css';
import { useTestStore } from './test-store';

const outcomesOf = (noun: string): { value: Outcome; label: string; help: string }[] => [
  { value: 'all', label: 'All', help: 'Whatever the network said' },
  { value: 'right', label: 'Right', help: 'Images that the network recognised' },
  { value: 'wrong', label: 'Wrong', help: `Images that the network took for another ${noun}` },
];

/**
 * Chooses which images the gallery shows (by true class, by the network's answer, right or wrong),
 * and in which order.
 */
export function GalleryFilters() {
  const noun = SUBJECTS[useDatasetFacts().shows].class;
  const { actual, predicted, outcome, order } = useTestStore((state) => state.choice);
  const choose = useTestStore((state) => state.choose);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Right or wrong"
        data={explained(outcomesOf(noun))}
        value={outcome}
        onChange={(value) => choose({ outcome: value as Outcome })}
      />
      <ClassSelect
        label={`True ${noun}`}
        help={`Only images of this ${noun}`}
        value={actual}
        onChange={(value) => choose({ actual: value })}
      />
      <ClassSelect
        label="Taken for"
        help={`Only images that the network says are this ${noun}`}
        value={predicted}
        onChange={(value) => choose({ predicted: value })}
      />
      <label className={classes.filter}>
        <span>Order</span>
        <SelectWithHelp
          help="Which come first: by their loss, by the score of the answer, or as in the data"
          size="xs"
          w={160}
          aria-label="Order of the images"
          allowDeselect={false}
          data={ORDERS}
          value={order}
          onChange={(value) => value && choose({ order: value as GalleryOrder })}
        />
      </label>
      <Tooltip label="Clears these filters">
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden />}
          disabled={outcome === 'all' && actual === null && predicted === null}
          onClick={() => choose({ outcome: 'all', actual: null, predicted: null })}
        >
          Show all
        </Button>
      </Tooltip>
    </>
  );
}

interface ClassSelectProps {
  label: string;
  /** Says which images a choice shows. */
  help: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

const ANY = 'any';

function ClassSelect({ label, help, value, onChange }: ClassSelectProps) {
  const data = [ANY, ...classOptions(useDatasetFacts().classNames)];
  return (
    <label className={classes.filter}>
      <span>{label}</span>
      <SelectWithHelp
        help={help}
        size="xs"
        w={72}
        aria-label={label}
        allowDeselect={false}
        data={data}
        value={value === null ? ANY : String(value)}
        onChange={(chosen) => onChange(chosen === null || chosen === ANY ? null : Number(chosen))}
      />
    </label>
  );
}

interface GalleryPagesProps {
  /** The position of the first shown image among all chosen ones, from 0. */
  first: number;
  shown: number;
  count: number;
  page: number;
  pages: number;
  onTurn: (page: number) => void;
}

/** Says which of the chosen images are shown, and turns the pages. */
export function GalleryPages({ first, shown, count, page, pages, onTurn }: GalleryPagesProps) {
  return (
    <div className={classes.pages}>
      <span role="status" aria-label="Images in sight">
        {count === 0
          ? 'No images'
          : `${formatExact(first + 1)} to ${formatExact(first + shown)} of ${formatExact(count)}`}
      </span>
      <StepButton
        name="Previous page of images"
        icon={IconChevronLeft}
        onClick={() => onTurn((page + pages - 1) % pages)}
      />
      <StepButton name="Next page of images" icon={IconChevronRight} onClick={() => onTurn((page + 1) % pages)} />
    </div>
  );
}
