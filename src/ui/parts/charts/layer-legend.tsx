import { LayerName } from '../../kit/layer-name';
import { Tooltip } from '../../kit/tooltip';
import { LineSample } from './chart-figure';
import classes from './charts.module.css';
import { selectLayer } from './select-layer';

/** If an id has more characters than this, the columns are wider. */
const LONG = 14;

interface LayerLegendProps {
  name: string;
  /** The name of the values in a sentence. */
  noun: string;
  /** In depth order. */
  entries: { layer: string; color: string; dash?: string; value: number | undefined; remark?: string }[];
  /** The layer whose line is brought forward. */
  strong: string | null;
  selected: string | null;
  format: (value: number) => string;
  onHover: (layer: string | null) => void;
}

/**
 * One button per layer, from the input to the output. Each shows the layer's current value, brings
 * its line forward on hover, and selects the layer on a click.
 */
export function LayerLegend({ name, noun, entries, strong, selected, format, onHover }: LayerLegendProps) {
  const long = entries.some(({ layer }) => layer.length > LONG);
  return (
    <Tooltip
      label="Point at a layer to bring its line forward; a click selects it here, in the stack and in the inspector"
      position="bottom"
    >
      <div
        className={classes.legend}
        data-long={long || undefined}
        role="group"
        aria-label={`${name}, from input to output`}
      >
        {entries.map(({ layer, color, dash, value, remark }) => (
          <button
            key={layer}
            type="button"
            className={classes.legendEntry}
            data-strong={layer === strong || undefined}
            aria-pressed={layer === selected}
            aria-label={
              `Select ${layer}, ${noun} ` +
              `${value === undefined ? 'not known yet' : format(value)}${remark ? ` (${remark})` : ''}`
            }
            onPointerEnter={() => onHover(layer)}
            onPointerLeave={() => onHover(null)}
            onFocus={() => onHover(layer)}
            onBlur={() => onHover(null)}
            onClick={() => selectLayer(layer)}
          >
            <LineSample color={color} dash={dash} width={layer === strong ? 3 : 2} />
            <span className={classes.legendName}>
              <LayerName id={layer} />
            </span>
            {remark && <span className={classes.remark}>{remark}</span>}
            <span className={classes.legendValue}>{value === undefined ? '–' : format(value)}</span>
          </button>
        ))}
      </div>
    </Tooltip>
  );
}
