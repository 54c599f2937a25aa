import { useCallback } from 'react';
import type { ErrorReport } from '../../../errors';
import type { ImageChoice, Saliency } from '../../../train/wire/protocol';
import { useLive } from '../../client/use-live';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';

const REFRESH_MS = 500;

/**
 * The pixels that matter for an image, kept up to date. Null if there is no image, and until its
 * answer arrives.
 */
export function useSaliency(choice: ImageChoice | null): { value: Saliency | null; error: ErrorReport | null } {
  const playground = usePlayground();
  const hasNetwork = useRunStore((state) => state.dataset !== null && Object.keys(state.networkIds).length > 0);
  const ask = useCallback(async () => ({ choice, saliency: await playground.saliency(choice!) }), [playground, choice]);
  const { value, error } = useLive(choice && hasNetwork ? ask : null, REFRESH_MS);
  return { value: choice && value?.choice === choice ? value.saliency : null, error: choice ? error : null };
}
