import { IconArrowsDiff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFrame } from '../../parts/charts/use-frame';
import { SelectWithHelp } from '../../kit/input/select-with-help';
import type { KeptRun } from '../../stores/kept-run';
import { useKeptRunsStore } from '../../stores/kept-runs-store';
import { useRunStore } from '../../stores/run-store';
import classes from './compare.module.css';
import { chosenRuns, PRESENT, runById, useCompareStore, type Side } from './compare-store';
import { DifferenceTable } from './difference-table';
import { KeptRuns } from './kept-runs';
import { RunCharts } from './run-charts';
import { RunSample } from './run-lines';

/** Two runs: their curves on shared axes, how their settings differ, and their results. */
export function CompareRuns() {
  const { a, b } = useChosen();
  const first = useRun(a);
  const second = useRun(b);
  return (
    <>
      <div className={classes.pickers}>
        <RunPicker side="a" value={a} other={b} />
        <RunPicker side="b" value={b} other={a} />
      </div>
      {first || second ? (
        <>
          <RunCharts a={first} b={second} />
          {first && second ? <DifferenceTable a={first} b={second} /> : <OnlyOne missing={first ? b : a} />}
        </>
      ) : (
        <Nothing />
      )}
      <KeptRuns />
    </>
  );
}

function useChosen() {
  const runs = useKeptRunsStore((state) => state.runs);
  const wanted = useCompareStore((state) => state.runs);
  return useMemo(() => chosenRuns(wanted, runs), [wanted, runs]);
}

/** The run with an id. The run in progress is built again for every render. */
function useRun(id: string | null): KeptRun | null {
  const frame = useFrame();
  const runs = useKeptRunsStore((state) => state.runs);
  const present = useRunStore((state) => state.machine.run);
  const evaluations = useRunStore((state) => state.evaluations);
  const live = id === PRESENT;
  // The run is built from the stores; these values change whenever the run does.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => runById(id), [id, live ? frame : runs, live && present, live && evaluations]);
}

const NAMES: Record<Side, string> = { a: 'Run A', b: 'Run B' };

function RunPicker({ side, value, other }: { side: Side; value: string | null; other: string | null }) {
  const runs = useKeptRunsStore((state) => state.runs);
  const choices = [
    { value: PRESENT, label: 'Present run' },
    ...runs.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <SelectWithHelp
      help="The present run, or one that is kept below"
      helpPosition="top-end"
      size="sm"
      label={NAMES[side]}
      placeholder="Keep a run to compare with"
      allowDeselect={false}
      leftSection={<RunSample side={side} />}
      data={choices.map((choice) => ({ ...choice, disabled: choice.value === other }))}
      value={value}
      onChange={(id) => useCompareStore.setState(({ runs: chosen }) => ({ runs: { ...chosen, [side]: id } }))}
    />
  );
}

function OnlyOne({ missing }: { missing: string | null }) {
  return (
    <p className={classes.hint} role="status">
      {missing === PRESENT
        ? 'The present run has not begun: press play, and its curves join those above.'
        : 'Keep this run below, change something, and train again: then both are shown on the same axes.'}
    </p>
  );
}

function Nothing() {
  return (
    <div className={classes.nothing}>
      <IconArrowsDiff size={28} stroke={1.4} aria-hidden />
      <strong>No runs to compare yet</strong>
      <span>Train the network, keep the run, change something (a layer, the optimizer, the seed) and train again.</span>
    </div>
  );
}
