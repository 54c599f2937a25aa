import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { isRunning, isWaiting } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import classes from './gradients.module.css';

/**
 * A placeholder until there are numbers.
 * @param missing what to say if the network has none of them
 */
export function NothingYet({ missing }: { missing: string }) {
  const waiting = useRunStore(isWaiting);
  const text = useEmptyText(missing);
  return <div className={classes.nothing}>{waiting ? 'Training begins by itself when the images are here' : text}</div>;
}

/**
 * Says why there is nothing to see: no training yet, no look at the layers yet, or the network has
 * no such numbers.
 */
export function useEmptyText(missing: string): string {
  const trained = useRunStore((state) => state.step > 0);
  const running = useRunStore(isRunning);
  const looked = useDiagnosticsStore((state) => state.latest !== null);
  if (looked) return missing;
  return trained || running ? 'The first look at the layers is under way…' : 'Press play to see every layer over time';
}
