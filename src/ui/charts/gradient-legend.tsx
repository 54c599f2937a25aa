import { UnstyledButton } from '@mantine/core';
import { formatNumber } from '../format';
import { LayerName } from '../layer-name';
import { LineSample } from './chart-figure';
import classes from './charts.module.css';

/** Ids of more characters get a wider column. */
const LONG = 14;

interface GradientLegendProps {
  /** In depth order. */
  entries: { layer: string; color: string; dash?: string; value: number | undefined }[];
  /** The layer brought forward. */
  strong: string | null;
  onHover: (layer: string | null) => void;
  onSelect: (layer: string) => void;
}

/** One button per layer, from the input to the output: points at its line, selects the layer, shows its current value. */
export function GradientLegend({ entries, strong, onHover, onSelect }: GradientLegendProps) {
  const long = entries.some(({ layer }) => layer.length > LONG);
  return (
    <div
      className={classes.legend}
      data-long={long || undefined}
      role="group"
      aria-label="Layers of the gradient chart, from input to output"
    >
      {entries.map(({ layer, color, dash, value }) => (
        <UnstyledButton
          key={layer}
          className={classes.legendEntry}
          data-strong={layer === strong || undefined}
          aria-label={`Select ${layer}, gradient ${value === undefined ? 'not known yet' : formatNumber(value)}`}
          onPointerEnter={() => onHover(layer)}
          onPointerLeave={() => onHover(null)}
          onFocus={() => onHover(layer)}
          onBlur={() => onHover(null)}
          onClick={() => onSelect(layer)}
        >
          <LineSample color={color} dash={dash} width={layer === strong ? 3 : 2} />
          <span className={classes.legendName}>
            <LayerName id={layer} />
          </span>
          <span className={classes.legendValue}>{value === undefined ? '–' : formatNumber(value)}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}
