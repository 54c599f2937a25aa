import { UnstyledButton, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useMemo } from 'react';
import { at } from '../../../../at';
import { LayerMark } from '../../../kit/layer-mark';
import { ChartFrame } from '../../../parts/charts/chart-frame';
import type { Measured } from '../../../kit/plot/curves';
import { layerTable } from '../../../parts/charts/layer-table';
import { selectLayer, useSelectedId } from '../../../parts/charts/select-layer';
import { LayerName } from '../../../kit/layer-name';
import { magnitudeColor } from '../../../kit/palette';
import { Tooltip } from '../../../kit/tooltip';
import { CursorReadout } from '../cursor-readout';
import { columnAt, drawHeatMap, ROW_HEIGHT } from './draw-heat-map';
import { FittedCanvas } from '../fitted-canvas';
import classes from '../gradients.module.css';
import { heatMap, type HeatMap as HeatMapData } from './heat-map-data';
import { captionOf, columnText } from './heat-map-words';
import { HeatLegend } from './heat-legend';
import { kindOfId } from '../kind-of-id';
import { NothingYet } from '../nothing-yet';
import { QUANTITIES, type QuantityName } from '../../../parts/charts/quantities';
import { useGridCursor, type GridCell } from '../use-grid-cursor';
import { useQuantitySeries } from '../use-quantity-series';

/** The width of a column in CSS pixels: narrower ones are hard to tell apart. */
const COLUMN = 5;

/**
 * The whole network over the whole run in one picture: one row per layer, one column per group of
 * steps.
 */
export const HeatMap = memo(function HeatMap({ name }: { name: QuantityName }) {
  const { measure, noun, spread, format, missing } = QUANTITIES[name];
  const { series, whole } = useQuantitySeries(name);
  const { ref, width } = useElementSize();
  const map = useMemo(() => heatMap(series, spread, Math.max(1, Math.floor(width / COLUMN))), [series, spread, width]);
  const { layers, columns } = map;
  const cellAt = (x: number, y: number): GridCell => ({
    row: Math.floor(y / ROW_HEIGHT),
    column: columnAt(map, x / width),
  });
  const onSelect = ({ row }: GridCell) => {
    // A click at the very edge is on no row.
    const layer = layers[row];
    if (layer !== undefined) selectLayer(layer);
  };
  const { frame, cell, keyed, handlers } = useGridCursor({
    rows: layers.length,
    columns: columns.length,
    cellAt,
    onSelect,
  });
  const isEmpty = columns.length === 0 || layers.length === 0;
  const words = cell ? describe(map, cell, noun, format) : '';
  const table = useCallback(() => layerTable(whole(), measure, format), [whole, measure, format]);
  return (
    <ChartFrame title={`Heat map: ${noun}`} unit="every layer over the steps" table={table}>
      <div className={classes.heat} style={{ minHeight: 3 * ROW_HEIGHT }}>
        <Rows ids={layers.join(' ')} strong={cell ? at(layers, cell.row) : null} />
        <div ref={ref} className={classes.cells}>
          <div
            ref={frame}
            className={classes.heatPlot}
            role="application"
            aria-roledescription="heat map"
            aria-label={
              `Heat map of the ${noun}: ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'} over ` +
              `${captionOf(map)}. Arrow keys move, Enter selects the layer.`
            }
            data-keys="Arrow keys move, Enter selects the layer"
            tabIndex={0}
            {...handlers}
          >
            <Cells map={map} width={width} cell={cell} />
          </div>
          {isEmpty && <NothingYet missing={missing} />}
        </div>
      </div>
      <div className={classes.heatFoot}>
        <span className={classes.steps}>{isEmpty ? '' : captionOf(map)}</span>
        <HeatLegend map={map} format={format} />
      </div>
      <CursorReadout
        text={
          words ||
          (isEmpty ? '' : 'Point at a cell, or tap it, for its value; a click or a second tap selects the layer.')
        }
        keyed={keyed}
        onPageOnly
      />
    </ChartFrame>
  );
});

function describe(
  { layers, columns, cells }: HeatMapData,
  { row, column }: GridCell,
  noun: string,
  format: (value: number) => string,
): string {
  const value = inWords(at(at(cells, row), column), format);
  return `${at(layers, row)}, ${columnText(at(columns, column))}: ${noun} ${value}`;
}

function inWords(value: Measured, format: (value: number) => string): string {
  if (value === null) return 'not measured';
  return Number.isFinite(value) ? format(value) : `not finite (${format(value)})`;
}

/**
 * The names of the rows; each is a button that selects its layer.
 * @param ids separated by spaces: a string stays the same from step to step, an array would not
 */
const Rows = memo(function Rows({ ids, strong }: { ids: string; strong: string | null }) {
  const selected = useSelectedId();
  return (
    <Tooltip label="A click selects the layer here, in the stack and in the inspector" position="bottom-start">
      <div className={classes.rows} role="group" aria-label="Layers of the heat map, from input to output">
        {(ids ? ids.split(' ') : []).map((layer) => (
          <UnstyledButton
            key={layer}
            className={classes.row}
            style={{ height: ROW_HEIGHT }}
            aria-label={`Select ${layer}`}
            aria-pressed={layer === selected}
            data-strong={layer === strong || undefined}
            onClick={() => selectLayer(layer)}
          >
            <LayerMark kind={kindOfId(layer)} size={18} />
            <LayerName id={layer} />
          </UnstyledButton>
        ))}
      </div>
    </Tooltip>
  );
});

function Cells({ map, width, cell }: { map: HeatMapData; width: number; cell: GridCell | null }) {
  const scheme = useComputedColorScheme('light');
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      // The same colour as in tokens.css, which a canvas cannot read.
      const fault =
        scheme === 'dark'
          ? { fault: '#ff8d84', faultSign: '#16191f', zero: '#4b535f' }
          : { fault: '#b3261e', faultSign: '#ffffff', zero: '#c9ced6' };
      const cursor = scheme === 'dark' ? '#ffffff' : '#181c22';
      drawHeatMap(context, map, width, { color: magnitudeColor, ...fault, cursor }, cell);
    },
    [map, width, cell, scheme],
  );
  return <FittedCanvas width={width} height={Math.max(1, map.layers.length * ROW_HEIGHT)} draw={draw} />;
}
