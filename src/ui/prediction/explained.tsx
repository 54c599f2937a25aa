import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Option {
  value: string;
  label: string;
  /** What choosing it means, in a line. */
  help: string;
  disabled?: boolean;
}

/** Options of a SegmentedControl that say on hover what they mean. */
export function explained(options: readonly Option[]): { value: string; label: ReactNode; disabled?: boolean }[] {
  return options.map(({ value, label, help, disabled }) => ({
    value,
    disabled,
    label: (
      <Tooltip label={help}>
        <span>{label}</span>
      </Tooltip>
    ),
  }));
}
