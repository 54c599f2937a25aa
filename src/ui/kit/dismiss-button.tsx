import { CloseButton } from '@mantine/core';
import { Tooltip } from './tooltip';

/** Closes a message. */
export function DismissButton({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip label="Dismiss: takes this message off the page">
      <CloseButton size="sm" aria-label="Dismiss" onClick={onClick} />
    </Tooltip>
  );
}
