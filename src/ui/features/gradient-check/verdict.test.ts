import { describe, expect, it } from 'vitest';
import type { GradientCheck } from '../../../train/wire/protocol';
import { symbolOf } from '../../kit/words/gradient-symbol';
import { COLUMNS, summarize } from './verdict';
import { WEIGHT_NAMES } from '../../../model/shape';

const check = (
  layer: string,
  tensor: GradientCheck['tensor'],
  relativeError: number,
  compared = 18,
  skipped = 0,
): GradientCheck => ({
  layer,
  tensor,
  relativeError,
  compared,
  skipped,
});
const right = [check('conv2d_1', 'input', 1e-5), check('conv2d_1', 'weight', 2.34e-4), check('dense_1', 'input', 0)];

describe('summarize', () => {
  it('says that all is right, and by how much', () => {
    expect(summarize(right)).toEqual({
      verdict: 'agrees',
      headline: 'All gradients of the 2 layers agree: the largest relative error is 2.3e-4, at conv2d_1 dL/dW.',
      details: [],
    });
  });

  it('names what is wrong and what follows from it', () => {
    const { verdict, headline, details } = summarize([
      check('conv2d_1', 'weight', 1),
      check('conv2d_2', 'input', 0.5),
      ...right.slice(2),
    ]);
    expect(verdict).toBe('wrong');
    expect(headline).toBe('conv2d_2: dL/dx is wrong.');
    expect(details).toEqual([expect.stringContaining('The layers before conv2d_2')]);
  });

  it('names several faults that have nothing to do with each other', () => {
    const results = [
      check('conv2d_1', 'weight', 1),
      check('conv2d_1', 'bias', 1),
      check('batchNormalization_1', 'beta', 1),
      right[2]!,
    ];
    const { headline, details } = summarize(results);
    expect(headline).toBe('batchNormalization_1: dL/dβ is wrong.');
    expect(details).toEqual(['By itself, too, conv2d_1: dL/dW and dL/db are wrong.']);
  });

  it('reminds of the loss where everything of the last layer is wrong', () => {
    const { headline, details } = summarize([
      check('dense_1', 'input', 1),
      check('dense_1', 'weight', 1),
      check('dense_1', 'bias', 1),
    ]);
    expect(headline).toBe('dense_1: dL/dx, dL/dW and dL/db are wrong.');
    expect(details.at(-1)).toContain('gradient of the loss');
  });

  it('says what it could not judge', () => {
    const { verdict, headline, details } = summarize([
      check('a_1', 'input', NaN, 0, 18),
      check('b_1', 'input', NaN, 0, 0),
      right[0]!,
    ]);
    expect(verdict).toBe('agrees');
    expect(headline).toContain('All gradients that could be compared');
    expect(details).toEqual([
      'Not judged: a_1 dL/dx. Every entry tried is on a kink of relu or max.',
      'Not reached in time: b_1 dL/dx.',
    ]);
    expect(summarize([check('a_1', 'input', NaN, 0, 18)]).verdict).toBe('untested');
  });

  it('asks to look again where it is in doubt', () => {
    const { verdict, headline } = summarize([check('conv2d_1', 'bias', 3e-3), ...right]);
    expect(verdict).toBe('doubtful');
    expect(headline).toBe('Look again at conv2d_1 dL/db (3.0e-3).');
  });
});

it('has a column and a symbol for every trained tensor', () => {
  const shown = COLUMNS.flatMap(({ tensors }) => tensors);
  for (const name of WEIGHT_NAMES.filter((one) => !one.startsWith('moving'))) {
    expect(shown).toContain(name);
    expect(symbolOf(name)).toMatch(/^dL\/d.$/);
  }
});
