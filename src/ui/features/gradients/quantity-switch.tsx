import { Chip } from '@mantine/core';
import { Tooltip } from '../../kit/tooltip';
import classes from './gradients.module.css';
import { QUANTITIES, QUANTITY_NAMES, type QuantityName } from '../../parts/charts/quantities';

/** Chooses what the heat map and the lines show. */
export function QuantitySwitch({ value, onChange }: { value: QuantityName; onChange: (name: QuantityName) => void }) {
  return (
    <div className={classes.switch} role="radiogroup" aria-label="Quantity">
      <Chip.Group value={value} onChange={(name) => onChange(name)}>
        {QUANTITY_NAMES.map((name) => (
          <Tooltip key={name} label={QUANTITIES[name].help} refProp="rootRef">
            <Chip value={name} size="xs" variant="light" radius="md" icon={null} classNames={{ label: classes.chip }}>
              {QUANTITIES[name].label}
            </Chip>
          </Tooltip>
        ))}
      </Chip.Group>
    </div>
  );
}
