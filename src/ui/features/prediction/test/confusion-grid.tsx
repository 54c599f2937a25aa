import { useComputedColorScheme } from '@mantine/core';
import { memo, useState } from 'react';
import { at } from '../../../../at';
import { formatPercent } from '../../../kit/words/format';
import { SUBJECTS } from '../../../../data/subjects';
import { allOf, classNameOf } from '../../../kit/words/class-words';
import { ClassName } from '../../../parts/classes/class-name';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { signColor, type Scheme } from '../../../kit/palette';
import classes from './test.module.css';
import { useTestStore } from './test-store';
import { useRoving } from './use-roving';

/** The element id of the line that says what pressing a cell does. */
const HELP_ID = 'confusion-help';
const NARROW = '(max-width: 899px)';

interface Cell {
  actual: number;
  predicted: number;
}

/**
 * Counts how often each class (rows) was taken for each (columns). A click on a cell filters the
 * gallery to its images, and another one shows all of them again.
 */
export const ConfusionGrid = memo(function ConfusionGrid({ confusion }: { confusion: number[][] }) {
  const scheme = useComputedColorScheme('light');
  const { classNames, shows } = useDatasetFacts();
  const noun = SUBJECTS[shows].class;
  const [pointed, setPointed] = useState<Cell | null>(null);
  const { around, tabIndexOf } = useRoving(confusion.length ** 2);
  // The matrix may have become smaller while the pointer rested.
  const counts = pointed && confusion[pointed.actual];
  return (
    <section aria-labelledby="confusion-heading">
      <h3 id="confusion-heading" className={classes.heading}>
        Confusion matrix
      </h3>
      <div className={classes.confusionFrame}>
        <table className={classes.confusion} {...around} onPointerLeave={() => setPointed(null)}>
          <thead>
            <tr>
              <th scope="col" className={classes.corner}>
                <span className="visually-hidden">True {noun}</span>
              </th>
              {confusion.map((_, predicted) => (
                <th key={predicted} scope="col">
                  <ClassName index={predicted} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((counts, actual) => (
              <tr key={actual}>
                <th scope="row">
                  <ClassName index={actual} />
                </th>
                {counts.map((_, predicted) => (
                  <td key={predicted}>
                    <CellButton
                      cell={{ actual, predicted }}
                      counts={counts}
                      scheme={scheme}
                      tabIndex={tabIndexOf(actual * confusion.length + predicted)}
                      onPoint={setPointed}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.hint}>
        {pointed && counts
          ? `${nameOf(pointed, counts, classNames)}.`
          : `Rows: the true ${noun}. Columns: what the network says.`}{' '}
        <span id={HELP_ID}>Press a cell to see its images alone, and again to see all.</span>
      </p>
    </section>
  );
});

interface CellButtonProps {
  cell: Cell;
  /** The row of the matrix. */
  counts: readonly number[];
  scheme: Scheme;
  tabIndex: number;
  onPoint: (cell: Cell) => void;
}

function CellButton({ cell, counts, scheme, tabIndex, onPoint }: CellButtonProps) {
  const { actual, predicted } = cell;
  const chosen = useTestStore(({ choice }) => choice.actual === actual && choice.predicted === predicted);
  const choose = useTestStore((state) => state.choose);
  const { classNames } = useDatasetFacts();
  const count = at(counts, predicted);
  const share = count / sumOf(counts);
  return (
    <button
      type="button"
      className={classes.cell}
      style={count > 0 ? { background: shade(share, actual === predicted, scheme) } : undefined}
      data-empty={count === 0 || undefined}
      tabIndex={tabIndex}
      aria-pressed={chosen}
      aria-label={nameOf(cell, counts, classNames)}
      aria-describedby={HELP_ID}
      onPointerEnter={() => onPoint(cell)}
      onFocus={() => onPoint(cell)}
      onClick={() => {
        choose(chosen ? { actual: null, predicted: null } : { actual, predicted, outcome: 'all' });
        // On a narrow page the images are far below.
        if (matchMedia(NARROW).matches) document.getElementById('gallery-heading')?.scrollIntoView({ block: 'start' });
      }}
    >
      {count}
    </button>
  );
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function nameOf({ actual, predicted }: Cell, counts: readonly number[], names: readonly string[]): string {
  const [count, all] = [at(counts, predicted), sumOf(counts)];
  const share = all > 0 ? ` (${formatPercent(count / all)} of ${allOf(names, actual)})` : '';
  const kind = `${count === 1 ? 'image' : 'images'} of ${classNameOf(names, actual)}`;
  return `${count} ${kind} taken for ${classNameOf(names, predicted)}${share}`;
}

/**
 * A few mistakes must be visible among many right answers, so the colour grows with the square root
 * of the share.
 */
function shade(share: number, right: boolean, scheme: Scheme): string {
  const strength = right ? 0.18 + 0.22 * share : 0.12 + 0.88 * Math.sqrt(share);
  return (
    `color-mix(in srgb, ${signColor(right ? 0.5 : -0.5, scheme)} ${Math.round(100 * Math.min(strength, 0.55))}%, ` +
    'transparent)'
  );
}
