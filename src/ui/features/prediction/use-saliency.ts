import { useCallback } from 'react';
import { REFRESH_MS } from '../../../pace';
import type { ErrorReport } from '../../../errors';
import type { ImageChoice, Saliency } from '../../../train/wire/protocol';
import { useLive } from '../../client/use-live';
import { hasNetwork } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';

/**
 * The pixels that matter for an image, kept up to date. Null if there is no image, and until the
 * answer for the image arrives.
 */
export function useSaliency(choice: ImageChoice | null): { value: Saliency | null; error: ErrorReport | null } {
  const playground = usePlayground();
  const ready = useRunStore((state) => state.dataset !== null && hasNetwork(state));
  const ask = useCallback(async () => ({ choice, saliency: await playground.saliency(choice!) }), [playground, choice]);
  const { value, error } = useLive(choice && ready ? ask : null, REFRESH_MS.saliency);
  return { value: choice && value?.choice === choice ? value.saliency : null, error: choice ? error : null };
}
