import { trainableLayers, combinedNorm } from '../../kit/plot/curves';
import type { Cell, ChartTable } from '../../kit/export/table';
import type { KeptRun } from '../../stores/kept-run';
import { LINE_KEYS, LINES, type Overlay } from './run-curves';

/**
 * All recorded values of some runs, one row per step: the training values, and the evaluations on
 * validation and test images.
 */
export function runsTable(runs: readonly KeptRun[]): ChartTable {
  const layers = [...new Set(runs.flatMap(({ normSlots }) => trainableLayers(normSlots).map(({ layer }) => layer)))];
  return {
    columns: [
      { name: 'run' },
      { name: 'step' },
      { name: 'training loss', unit: 'nats' },
      { name: 'training accuracy', unit: 'share' },
      { name: 'validation loss', unit: 'nats' },
      { name: 'validation accuracy', unit: 'share' },
      { name: 'test loss', unit: 'nats' },
      { name: 'test accuracy', unit: 'share' },
      ...layers.map((layer) => ({ name: `gradient norm ${layer}` })),
    ],
    rows: runs.flatMap((run) => rowsOf(run, layers)),
  };
}

/**
 * The points at which two runs are drawn.
 * @param names the names of the runs
 * @param format how the page shows the quantity
 */
export function overlayTable(
  { points }: Overlay,
  names: { a?: string; b?: string },
  format: (value: number) => string,
): ChartTable {
  const keys = LINE_KEYS.filter((key) => points.some((point) => point[key] !== null));
  const nameOf = (key: (typeof LINE_KEYS)[number]) => {
    const name = names[key.startsWith('a') ? 'a' : 'b'];
    return name ? `${LINES[key]}: ${name}` : LINES[key];
  };
  return {
    note:
      'Between two of its own steps, a run has the value on the straight line between them; before its first and ' +
      'after its last step it has none.',
    columns: [{ name: 'step' }, ...keys.map((key) => ({ name: nameOf(key), format }))],
    rows: points.map((point) => [point.step, ...keys.map((key) => point[key])]),
  };
}

function rowsOf(run: KeptRun, layers: readonly string[]): Cell[][] {
  const slots = new Map(trainableLayers(run.normSlots).map((entry) => [entry.layer, entry.slots]));
  const trained = new Map(run.rows.map((row) => [row.step, row]));
  const steps = [...new Set([...trained.keys(), ...run.evaluations.map(({ step }) => step)])].sort((a, b) => a - b);
  return steps.map((step) => {
    const row = trained.get(step);
    const norms = layers.map((layer): Cell => {
      const own = slots.get(layer);
      return row && own ? combinedNorm(row.norms, own) : null;
    });
    const evaluated = (['validation', 'test'] as const).flatMap((split): Cell[] => {
      const point = run.evaluations.findLast((each) => each.split === split && each.step === step);
      return [point?.loss ?? null, point?.accuracy ?? null];
    });
    return [run.name, step, row?.loss ?? null, row?.accuracy ?? null, ...evaluated, ...norms];
  });
}
