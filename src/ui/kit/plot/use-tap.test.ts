import { expect, it } from 'vitest';
import { tapSelects } from './use-tap';

it('selects with every click of a mouse', () => {
  const taps = { touch: false, shown: null };
  expect(['a', 'a', null, 'b'].map((id) => tapSelects(taps, id))).toEqual([true, true, false, true]);
});

it('selects with the second tap on the same thing', () => {
  const taps = { touch: true, shown: null };
  expect(['a', 'b', 'b', 'b', null, 'b'].map((id) => tapSelects(taps, id))).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
});
