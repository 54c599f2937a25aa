import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { isRunning, isWaiting } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import classes from './gradients.module.css';

/** Stands where numbers will be. @param missing said where the network has none of them */
export function NothingYet({ missing }: { missing: string }) {
  const waiting = useRunStore(isWaiting);
  const text = useEmptyText(missing);
  return <div className={classes.nothing}>{waiting ? 'Training begins by itself when the images are here' : text}</div>;
}

/**
 * Why there is nothing to see: nothing was trained, nothing was looked at yet, or there is nothing.
 */
export function useEmptyText(missing: string): string {
  const trained = useRunStore((state) => state.step > 0);
  const running = useRunStore(isRunning);
  const looked = useDiagnosticsStore((state) => state.latest !== null);
  if (looked) return missing;
  return trained || running ? 'The first look at the layers is under way…' : 'Press play to see every layer over time';
}
