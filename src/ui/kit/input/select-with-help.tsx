import { Select, type SelectProps, type TooltipProps } from '@mantine/core';
import { useState } from 'react';
import { Tooltip } from '../tooltip';

interface SelectWithHelpProps extends SelectProps {
  /** What a choice does. */
  help: string;
  helpPosition?: TooltipProps['position'];
}

/** A select with a help text. The help hides while the list is open, to leave it the space. */
export function SelectWithHelp({ help, helpPosition, ...select }: SelectWithHelpProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip label={help} position={helpPosition} disabled={open}>
      <Select {...select} onDropdownOpen={() => setOpen(true)} onDropdownClose={() => setOpen(false)} />
    </Tooltip>
  );
}
