import { Button } from '@mantine/core';
import { IconFileTypeCsv, IconTrophy } from '@tabler/icons-react';
import { download } from '../../kit/export/download';
import { toCsv } from '../../kit/export/table';
import type { KeptRun } from '../../stores/kept-run';
import { Tooltip } from '../../kit/tooltip';
import { differencesOf, resultsOf, type Difference } from './differences';
import classes from './compare.module.css';
import { runsTable } from './runs-table';

/** Shows how the settings of two runs differ, and their results. */
export function DifferenceTable({ a, b }: { a: KeptRun; b: KeptRun }) {
  const differences = differencesOf(a, b);
  const save = () => download(new Blob([toCsv(runsTable([a, b]))], { type: 'text/csv;charset=utf-8' }), 'two-runs.csv');
  return (
    <div className={classes.tables}>
      <section className={classes.section} aria-label="Results of two runs">
        <div className={classes.sectionHead}>
          <h3 className={classes.heading}>Results</h3>
          <Tooltip label="The curves of both runs in numbers, for a spreadsheet or a script">
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconFileTypeCsv size={14} aria-hidden />}
              onClick={save}
            >
              Download both as CSV
            </Button>
          </Tooltip>
        </div>
        <Table a={a} b={b} lines={resultsOf(a, b)} />
      </section>
      <section className={classes.section} aria-label="Differences of two runs">
        <div className={classes.sectionHead}>
          <h3 className={classes.heading}>What differs</h3>
        </div>
        {differences.length > 0 ? (
          <Table a={a} b={b} lines={differences} />
        ) : (
          <p className={classes.hint}>
            Network, settings and data are the same: if both began with fresh weights, the curves are the same too.
          </p>
        )}
      </section>
    </div>
  );
}

function Table({ a, b, lines }: { a: KeptRun; b: KeptRun; lines: readonly Difference[] }) {
  return (
    <table className={`${classes.table} numeric`}>
      <thead>
        <tr>
          <td />
          <th scope="col" title={a.name}>
            A
          </th>
          <th scope="col" title={b.name}>
            B
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, a: first, b: second, better }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <Cell text={first} better={better === 'a'} />
            <Cell text={second} better={better === 'b'} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ text, better }: { text: string; better: boolean }) {
  return (
    <td data-better={better || undefined}>
      {better && <IconTrophy size={13} stroke={1.8} role="img" aria-label="better:" className={classes.better} />}
      {text}
    </td>
  );
}
