import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { render } from 'vitest-browser-react';

/** Renders a component as the page does, without the time that transitions take. */
export function show(component: ReactNode) {
  return render(component, { wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider> });
}

/**
 * Time for what should not happen: a tooltip that came with the focus would be drawn by then. Only
 * for the absence of something; for its presence `expect.element` waits.
 */
export async function framesDrawn(count = 4): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}
