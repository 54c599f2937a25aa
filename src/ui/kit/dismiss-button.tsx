import { CloseButton } from '@mantine/core';
import { Tooltip } from './tooltip';

/** Takes a message off the page. */
export function DismissButton({ onClick }: { onClick(): void }) {
  return (
    <Tooltip label="Dismiss: takes this message off the page">
      <CloseButton size="sm" aria-label="Dismiss" onClick={onClick} />
    </Tooltip>
  );
}
