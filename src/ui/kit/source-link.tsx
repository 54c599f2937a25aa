import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Tooltip } from './tooltip';

interface SourceLinkProps {
  href: string;
  /** What the link leads to; left out if its words say so. */
  help?: string;
  size?: string;
  children: ReactNode;
}

/**
 * A link to another site with more to read. It opens in another tab, so a training run is not lost.
 */
export function SourceLink({ href, help, size, children }: SourceLinkProps) {
  return (
    <Tooltip
      label={`${help ? `${help}: opens` : 'Opens'} ${new URL(href).hostname.replace(/^www\./, '')} in a new tab`}
    >
      <Anchor href={href} target="_blank" rel="noreferrer" underline="always" inherit={!size} size={size}>
        {children}
      </Anchor>
    </Tooltip>
  );
}
