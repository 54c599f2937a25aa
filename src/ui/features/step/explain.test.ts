import { describe, expect, it } from 'vitest';
import { presets } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import { DEFAULT_SETTINGS } from '../../../model/settings';
import type { BatchTrace, BatchUpdate } from '../../../train/wire/protocol';
import { beforeTheOptimizer, compareWithTrace, explain } from './explain';
import { stagesOf } from './stages';

const trace = { step: 3, labels: new Uint8Array(8), gradientNorm: 2, clipScale: 1 } as BatchTrace;
const update = { gradientNorm: 2, halted: false } as BatchUpdate;
const modelOf = (id: string) => resolveModel(presets.find((preset) => preset.id === id)!.spec);

describe('the words of a stage', () => {
  it.each(presets.map(({ id }) => id))('are there for every stage: %s', (id) => {
    const model = modelOf(id);
    for (const stage of stagesOf(model)) {
      const words = explain(stage, model, trace);
      expect(words).toMatch(/^[A-Z].*[.]$/);
      expect(words).not.toContain('undefined');
    }
  });

  it('name both ways of a skip connection', () => {
    const model = modelOf('small-resnet');
    const add = model.layers.findIndex(({ skipFrom }) => skipFrom !== undefined);
    const source = model.layers[model.layers[add]!.skipFrom!]!.id;
    expect(explain({ kind: 'forward', layer: add }, model, trace)).toContain(
      `over the skip connection, that of ${source}`,
    );
    expect(explain({ kind: 'backward', layer: add }, model, trace)).toContain(
      `and to ${source}: a sum passes it to both unchanged`,
    );
    expect(explain({ kind: 'backward', layer: model.layers[add]!.skipFrom! }, model, trace)).toContain(
      'the sum of what both send back',
    );
  });
});

describe('the gradients of the step against those of the trace', () => {
  it('agree within rounding, or are said to differ', () => {
    expect(compareWithTrace(trace, { ...update, gradientNorm: 2.0001 }).agrees).toBe(true);
    const other = compareWithTrace(trace, { ...update, gradientNorm: 2.5 });
    expect(other.agrees).toBe(false);
    expect(other.words).toContain('differ by 20.0 %');
    expect(compareWithTrace({ ...trace, gradientNorm: 0 }, { ...update, gradientNorm: 0 }).agrees).toBe(true);
  });

  it('are not compared where nothing was applied', () => {
    expect(compareWithTrace(trace, { ...update, halted: true })).toMatchObject({ agrees: null });
    expect(compareWithTrace(trace, { ...update, halted: true }).words).toContain('not applied');
  });
});

describe('what is done before the optimizer', () => {
  it('is nothing by default', () => {
    expect(beforeTheOptimizer(DEFAULT_SETTINGS, trace)).toEqual([]);
  });

  it('is the L2 penalty and the clipping, in numbers', () => {
    const settings = { ...DEFAULT_SETTINGS, l2: 0.01, globalClipnorm: 1 };
    expect(beforeTheOptimizer(settings, { ...trace, clipScale: 0.5 })).toEqual([
      'L2 adds 0.020 · w to the gradient of every weight w.',
      'The norm of all gradients together is 2.00, more than the 1.00 allowed: all are multiplied by 0.500.',
    ]);
    expect(beforeTheOptimizer({ ...settings, globalClipnorm: 5 }, trace).at(-1)).toContain('nothing is clipped');
  });
});
