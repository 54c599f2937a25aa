import { useState } from 'react';
import { at } from '../../../at';
import classes from './data-table.module.css';
import { headerOf, shownAs, type ChartTable } from './table';

/** Height of a row in CSS pixels; the style sheet has the same number. */
const ROW = 28;
/**
 * The number of visible rows, and of rows above and below that keep a scroll from showing a gap.
 */
const [SHOWN, SPARE] = [24, 16];

/**
 * The numbers of a chart, newest last. Only rows near the visible ones are in the page: there may
 * be thousands of cells.
 */
export function DataTable({ table: { columns, rows, note }, label }: { table: ChartTable; label: string }) {
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(rows.length, first + SHOWN + 2 * SPARE);
  return (
    <>
      {note && <p className={classes.note}>{note}</p>}
      <div
        className={classes.scroll}
        role="region"
        aria-label={`${label}, scrolls`}
        tabIndex={0}
        // Moves in steps of half the spare rows, since every step renders the rows again.
        onScroll={({ currentTarget }) => setTop(Math.floor(currentTarget.scrollTop / (ROW * 8)) * ROW * 8)}
      >
        <table className={classes.table} aria-label={label} aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {headerOf(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap rows={first} columns={columns.length} />
            {rows.slice(first, last).map((row, i) => (
              <tr key={first + i} aria-rowindex={first + i + 2}>
                {row.map((cell, c) =>
                  c === 0 ? (
                    <th key={c} scope="row">
                      {shownAs(cell, at(columns, c))}
                    </th>
                  ) : (
                    <td key={c}>{shownAs(cell, at(columns, c))}</td>
                  ),
                )}
              </tr>
            ))}
            <Gap rows={rows.length - last} columns={columns.length} />
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Takes the space of the rows that are not rendered. */
const Gap = ({ rows, columns }: { rows: number; columns: number }) =>
  rows > 0 && (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: rows * ROW, padding: 0 }} />
    </tr>
  );
