import { SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import { explained } from '../../kit/explained';
import type { RangeMode } from '../../kit/picture/color-range';
import classes from './inspector.module.css';
import { useInspectorStore } from '../../stores/inspector-store';

const RANGES: { value: RangeMode; label: string; help: string }[] = [
  {
    value: 'unit',
    label: 'Unit',
    help: 'Colours reach to the largest value of each filter or channel: weak ones show as well.',
  },
  {
    value: 'layer',
    label: 'Layer',
    help: 'Colours reach to the largest value of the layer: its filters and channels can be compared.',
  },
  {
    value: 'all',
    label: 'All layers',
    help: 'Colours reach to the largest value of all layers: layers can be compared.',
  },
];

/** Chooses which value the last colour of all pictures stands for. */
export const RangePicker = memo(function RangePicker() {
  const range = useInspectorStore((state) => state.range);
  const chooseRange = useInspectorStore((state) => state.chooseRange);
  return (
    <div className={classes.rangePicker}>
      <span aria-hidden>Colours to the largest of</span>
      <SegmentedControl
        size="xs"
        aria-label="Range of the colours"
        data={explained(RANGES)}
        value={range}
        onChange={(value) => chooseRange(value as RangeMode)}
      />
    </div>
  );
});
