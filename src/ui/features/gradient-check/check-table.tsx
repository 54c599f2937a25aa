import { UnstyledButton } from '@mantine/core';
import { verdictOf, type Verdict } from '../../../train/wire/gradient-faults';
import type { GradientCheck } from '../../../train/wire/protocol';
import { formatNumber } from '../../kit/words/format';
import { Tooltip } from '../../kit/tooltip';
import classes from './gradient-check.module.css';
import { symbolOf } from '../../kit/words/gradient-symbol';
import { COLUMNS } from './verdict';

interface CheckTableProps {
  results: readonly GradientCheck[];
  onSelect: (layer: string) => void;
}

/** One row per layer, from the input to the output, one cell per gradient. */
export function CheckTable({ results, onSelect }: CheckTableProps) {
  const layers = [...new Set(results.map(({ layer }) => layer))];
  return (
    <table className={`${classes.table} numeric`}>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          {COLUMNS.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <Row
            key={layer}
            layer={layer}
            results={results.filter((result) => result.layer === layer)}
            onSelect={onSelect}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({ layer, results, onSelect }: CheckTableProps & { layer: string }) {
  return (
    <tr onClick={() => onSelect(layer)}>
      <th scope="row">
        <Tooltip label="Closes this, and opens the layer in the inspector">
          <UnstyledButton className={classes.layer} aria-label={`Select ${layer}`}>
            {breakable(layer)}
          </UnstyledButton>
        </Tooltip>
      </th>
      {COLUMNS.map(({ title, tensors }) => {
        const result = results.find(({ tensor }) => tensors.includes(tensor));
        return <td key={title}>{result && <Cell result={result} />}</td>;
      })}
    </tr>
  );
}

/** Adds places where an id may wrap in a narrow column. */
const breakable = (id: string) => id.replace(/(?<=[a-z\d])(?=[A-Z_])/g, '\u200b');

/** Each verdict has a sign as well as a colour. */
export const SIGNS: Record<Verdict, { sign: string; words: string }> = {
  agrees: { sign: '✓', words: 'agrees' },
  doubtful: { sign: '?', words: 'doubtful' },
  wrong: { sign: '✗', words: 'wrong' },
  untested: { sign: '–', words: 'not judged' },
  unreached: { sign: '–', words: 'not reached in time' },
};

function Cell({ result }: { result: GradientCheck }) {
  const { tensor, relativeError, compared, skipped } = result;
  const verdict = verdictOf(result);
  const { sign, words } = SIGNS[verdict];
  const entries = `${compared} compared${skipped > 0 ? `, ${skipped} on a kink` : ''}`;
  return (
    <Tooltip label={`${symbolOf(tensor)} ${words}: ${entries}`} openDelay={300}>
      <span className={classes.cell} data-verdict={verdict}>
        <span className={classes.figure}>
          <span aria-hidden>{sign}</span>
          <span className="visually-hidden">
            {symbolOf(tensor)} {words}, relative error{' '}
          </span>{' '}
          {compared > 0 ? formatNumber(relativeError) : words}
        </span>
        <span className={classes.entries}>
          {(tensor === 'gamma' || tensor === 'beta') && <span>{symbolOf(tensor)}</span>}
          <span>{compared} compared</span> {skipped > 0 && <span>{skipped} on a kink</span>}
        </span>
      </span>
    </Tooltip>
  );
}
