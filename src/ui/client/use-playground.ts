import { createContext, use } from 'react';
import type { Playground } from './playground-client';

export const PlaygroundContext = createContext<Playground | null>(null);

/** The page's access to training. */
export function usePlayground(): Playground {
  const playground = use(PlaygroundContext);
  if (!playground) throw new Error('usePlayground is called outside of PlaygroundContext.');
  return playground;
}
