import type { ModelState } from '../stores/model-store';
import { formatCount } from '../format';
import { useModelStore } from '../stores/model-store';
import classes from './builder.module.css';

const total =
  (key: 'parameters' | 'multiplyAdds') =>
  ({ reports }: ModelState) =>
    reports.reduce((sum, { resolved }) => sum + (resolved?.[key] ?? 0), 0);

/** Sums over the layers that are understood; the stack says by itself where it is not valid. */
export function Totals() {
  const parameters = useModelStore(total('parameters'));
  const multiplyAdds = useModelStore(total('multiplyAdds'));
  const layers = useModelStore((state) => state.layers.length);
  const off = useModelStore((state) => state.layers.filter(({ bypassed }) => bypassed).length);
  return (
    <p className={`${classes.totals} numeric`} data-testid="totals">
      <span>
        <strong>{layers - off}</strong> {layers - off === 1 ? 'layer' : 'layers'}
        {off > 0 && ` (${off} off)`}
      </span>
      <span>
        <strong>{formatCount(parameters)}</strong> parameters
      </span>
      <span>
        <strong>{formatCount(multiplyAdds)}</strong> multiply-adds per image
      </span>
    </p>
  );
}
