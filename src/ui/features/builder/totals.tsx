import type { ModelState } from '../../stores/model/model-store';
import { formatCount } from '../../kit/words/format';
import { useModelStore } from '../../stores/model/model-store';
import classes from './builder.module.css';

const total =
  (key: 'parameters' | 'multiplyAdds') =>
  ({ reports }: ModelState) =>
    reports.every(({ resolved }) => resolved)
      ? formatCount(reports.reduce((sum, { resolved }) => sum + (resolved?.[key] ?? 0), 0))
      : '–';

/** Sums over all layers. If a layer does not fit they are unknown; the stack itself says so. */
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
        <strong>{parameters}</strong> parameters
      </span>
      <span>
        <strong>{multiplyAdds}</strong> multiply-adds per image
      </span>
    </p>
  );
}
