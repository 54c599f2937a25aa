import { NativeSelect } from '@mantine/core';
import { useShallow } from 'zustand/shallow';
import { at } from '../../../../at';
import { idsOf } from '../../../../model/editing/references';
import { formatShape } from '../../../kit/words/format';
import { useModelStore } from '../../../stores/model/model-store';
import { skipSources, type SkipSource } from '../../../../model/editing/skip-sources';

interface LayerSelectProps {
  /** The layer that the choice belongs to. */
  uid: string;
  value: string;
  faulty?: boolean;
  labelId: string;
  onChange: (id: string) => void;
}

/**
 * Chooses an earlier layer by its id; layers of another shape are listed but disabled. A chosen
 * layer that is no longer possible stays visible too.
 */
export function LayerSelect({ uid, value, faulty, labelId, onChange }: LayerSelectProps) {
  const reports = useModelStore((state) => state.reports);
  const index = useModelStore((state) => state.layers.findIndex((layer) => layer.uid === uid));
  // Ids in the stack count all layers; the ids in the network, which people read, leave out those
  // that are switched off.
  const ids = useModelStore(useShallow((state) => idsOf(state.layers)));
  const sources = skipSources(reports, index);
  const options = sources.map((source) => ({
    value: at(ids, source.index),
    label: labelOf(source),
    disabled: !source.fits,
  }));
  if (!sources.some((source) => ids[source.index] === value))
    options.unshift({ value, label: missingLabel(reports[ids.indexOf(value)]?.id ?? value, faulty), disabled: false });
  return (
    <NativeSelect
      size="xs"
      data={options}
      value={value}
      error={faulty}
      aria-labelledby={labelId}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function labelOf({ id, shape, fits, direct }: SkipSource): string {
  const note = !fits ? ' · shape differs' : direct ? ' · doubles its input' : '';
  return `${id} · ${formatShape(shape)}${note}`;
}

function missingLabel(value: string, faulty?: boolean): string {
  if (value === '') return 'Choose a layer';
  return faulty && !value.includes('(') ? `${value} (not possible)` : value;
}
