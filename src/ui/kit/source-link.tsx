import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Tooltip } from './tooltip';

interface SourceLinkProps {
  href: string;
  /** What it leads to; left out where the words of the link say it. */
  help?: string;
  size?: string;
  children: ReactNode;
}

/**
 * Where something can be read up, on another site: opened beside the page, so that a training run
 * is not lost.
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
