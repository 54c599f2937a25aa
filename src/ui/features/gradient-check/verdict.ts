import { faultsOf, verdictOf, type Fault, type Verdict } from '../../../train/wire/gradient-faults';
import type { GradientCheck } from '../../../train/wire/protocol';
import { formatNumber } from '../../kit/words/format';
import { symbolOf } from '../../kit/words/gradient-symbol';

type Tensor = GradientCheck['tensor'];

/**
 * The three columns of the table, and the tensors that belong in each. A layer has at most one of
 * the tensors of a column.
 */
export const COLUMNS: readonly { title: string; tensors: readonly Tensor[] }[] = [
  { title: 'dL/dx', tensors: ['input'] },
  { title: 'dL/dW', tensors: ['weight', 'gamma'] },
  { title: 'dL/db', tensors: ['bias', 'beta'] },
];

export interface Summary {
  verdict: Exclude<Verdict, 'unreached'>;
  headline: string;
  details: string[];
}

/**
 * The result of the whole check in plain words: one sentence for the verdict, and what else is
 * worth knowing.
 */
export function summarize(results: readonly GradientCheck[]): Summary {
  const faults = faultsOf(results);
  const of = (wanted: Verdict) => results.filter((result) => verdictOf(result) === wanted);
  const details = [...faults.flatMap(consequences), ...notJudged(of('untested'), of('unreached'))];
  const [first, ...more] = faults;
  if (first) {
    const others = more.map((fault) => `By itself, too, ${faultWords(fault)}.`);
    return { verdict: 'wrong', headline: `${faultWords(first)}.`, details: [...others, ...details] };
  }
  const doubtful = of('doubtful');
  if (doubtful.length > 0) {
    const names = doubtful.map((result) => `${nameOf(result)} (${formatNumber(result.relativeError)})`);
    return {
      verdict: 'doubtful',
      headline: `Look again at ${list(names)}.`,
      details: ['All other gradients that were compared agree.', ...details],
    };
  }
  return { ...agreement(results, of('agrees')), details };
}

function agreement(
  results: readonly GradientCheck[],
  agreeing: readonly GradientCheck[],
): Pick<Summary, 'verdict' | 'headline'> {
  if (agreeing.length === 0) return { verdict: 'untested', headline: 'Nothing could be compared.' };
  const layers = new Set(results.map(({ layer }) => layer)).size;
  const worst = agreeing.reduce((a, b) => (b.relativeError > a.relativeError ? b : a));
  const whole = agreeing.length === results.length ? 'All gradients' : 'All gradients that could be compared';
  const at = worst.relativeError > 0 ? `, at ${nameOf(worst)}` : '';
  return {
    verdict: 'agrees',
    headline:
      `${whole} of the ${layers} ${layers === 1 ? 'layer agree' : 'layers agree'}: the largest relative error is ` +
      `${formatNumber(worst.relativeError)}${at}.`,
  };
}

function consequences({ spreads, last, tensors, layer }: Fault): string[] {
  const notes = [];
  if (spreads)
    notes.push(
      `The layers before ${layer} compute their gradients from this one: errors there follow from it, ` +
        'or cannot be judged.',
    );
  if (last && tensors.length > 1)
    notes.push(`What ${layer} receives comes straight from the loss: the gradient of the loss may be what is wrong.`);
  return notes;
}

function notJudged(untested: readonly GradientCheck[], unreached: readonly GradientCheck[]): string[] {
  const notes = [];
  if (untested.length > 0)
    notes.push(`Not judged: ${list(untested.map(nameOf))}. Every entry tried is on a kink of relu or max.`);
  if (unreached.length > 0) notes.push(`Not reached in time: ${list(unreached.map(nameOf))}.`);
  return notes;
}

const nameOf = ({ layer, tensor }: GradientCheck) => `${layer} ${symbolOf(tensor)}`;
const faultWords = ({ layer, tensors }: Fault) =>
  `${layer}: ${list(tensors.map(symbolOf))} ${tensors.length === 1 ? 'is' : 'are'} wrong`;
const list = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
