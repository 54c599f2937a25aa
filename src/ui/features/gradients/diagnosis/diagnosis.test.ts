import { describe, expect, it } from 'vitest';
import { diagnose, nextDiagnosis, NO_DIAGNOSIS } from './diagnosis';
import { gatherEvidence, type Evidence, type LayerEvidence } from './evidence';
import { times } from './finding';

const layer = (id: string, change: Partial<LayerEvidence> = {}): LayerEvidence => {
  return {
    layer: id,
    units: 16,
    weightNorm: 1,
    updateRatio: 1e-3,
    activationStd: 1,
    deadUnits: null,
    saturated: null,
    ...change,
  };
};

const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  runId: 1,
  step: 100,
  running: true,
  classes: 10,
  fault: null,
  averaged: 20,
  loss: 0.4,
  accuracy: 0.9,
  gradients: [
    { layer: 'conv2d_1', norm: 0.2 },
    { layer: 'conv2d_2', norm: 0.6 },
    { layer: 'dense_1', norm: 1 },
  ],
  layers: [layer('conv2d_1'), layer('conv2d_2'), layer('dense_1')],
  ...change,
});

const gradients = (...norms: number[]) => norms.map((norm, i) => ({ layer: `dense_${i + 1}`, norm }));
const headline = (change: Partial<Evidence>) => diagnose(evidence(change), [])[0].headline;

describe('diagnose', () => {
  it('says what is wrong, and where', () => {
    expect(headline({})).toBe('Looks healthy: the gradients of all 3 trained layers lie within a factor of 5');
    expect(headline({ fault: { step: 12, layer: 'conv2d_2' } })).toBe(
      'Not finite: NaN, infinity or overflow first in conv2d_2 at step 12',
    );
    expect(headline({ gradients: gradients(4, 250, 3) })).toBe('Exploding: the gradient of dense_2 has a norm of 250');
    expect(headline({ gradients: gradients(0.0005, 0.9, 0.5) })).toBe(
      'Vanishing: dense_1 gets a gradient 1,800× smaller than dense_2',
    );
    expect(headline({ gradients: gradients(0, 0.9) })).toBe('Vanishing: dense_1 gets no gradient at all');
    expect(headline({ layers: [layer('conv2d_2', { deadUnits: 0.75 })] })).toBe(
      'Dead: 12 of 16 units of conv2d_2 answer 0 to everything',
    );
    expect(headline({ layers: [layer('conv2d_2', { deadUnits: 1 })] })).toBe(
      'Dead: all 16 units of conv2d_2 answer 0 to everything',
    );
    expect(headline({ loss: 9, layers: [layer('dense_1', { activationStd: 120 })] })).toMatch(
      /^Logits too large: those of dense_1 vary by ±120/,
    );
    expect(headline({ loss: 2.302, accuracy: 0.11 })).toBe(
      'All classes equally likely: the loss stays at ln 10 = 2.30',
    );
    expect(headline({ layers: [layer('dense_1', { updateRatio: 0.2 })] })).toBe(
      'Update ratio 0.200 in dense_1: learning rate too large',
    );
    expect(headline({ loss: 2.2, layers: [layer('dense_1', { updateRatio: 2e-6 })] })).toBe(
      'Update ratio 2.0e-6 at most: learning rate too small',
    );
    expect(headline({ layers: [layer('dense_3', { saturated: 0.8 })] })).toBe(
      'Saturated: 80 % of the outputs of dense_3 lie where its activation is flat',
    );
  });

  it('says over how many steps its loss is the mean', () => {
    expect(diagnose(evidence({ loss: 0.046, step: 579 }), [])[0].advice).toBe(
      'The loss is 0.046 on average over the last 20 steps, after 579 steps.',
    );
  });

  it('leaves alone what is usual', () => {
    // Harmless cases: large logits of a network that is right; half of relu at 0; the end of a
    // decayed learning rate; a later layer with the smaller gradient.
    expect(headline({ loss: 0.01, layers: [layer('dense_1', { activationStd: 20 })] })).toMatch(/^Looks healthy/);
    expect(headline({ layers: [layer('conv2d_1', { deadUnits: 0.1, saturated: 0.6 })] })).toMatch(/^Looks healthy/);
    expect(headline({ loss: 0.01, layers: [layer('dense_1', { updateRatio: 1e-7 })] })).toMatch(/^Looks healthy/);
    expect(headline({ gradients: gradients(5, 0.004) })).toMatch(/^Looks healthy/);
    expect(headline({ loss: 2.302, accuracy: 0.11, step: 20 })).toMatch(/^Looks healthy/);
  });

  it('names weights that began as zeros before what comes of them', () => {
    const change = {
      gradients: gradients(0, 0, 0.1),
      layers: [layer('dense_1'), layer('dense_2', { weightNorm: 0, deadUnits: 1, units: 8 }), layer('dense_3')],
    };
    // It must not also say that the gradient vanishes, nor advise what to do about that.
    expect(diagnose(evidence(change), []).map(({ kind }) => kind)).toEqual(['zeroWeights', 'deadLayer']);
    expect(headline(change)).toBe('Zero weights: all weights of dense_2 are 0, and they stay 0');
  });

  it('does not call healthy what has no gradient', () => {
    expect(headline({ gradients: [] })).toBe('Nothing to train: no layer of this network has weights');
    expect(headline({ gradients: gradients(0, 0) })).toBe('No gradient: that of every trained layer is 0');
    // With one class the answer is always right, and there is nothing to learn.
    const oneClass = evidence({
      classes: 1,
      loss: 0,
      accuracy: 1,
      gradients: gradients(0),
      layers: [layer('dense_1', { updateRatio: 0 })],
    });
    expect(diagnose(oneClass, []).map(({ kind }) => kind)).toEqual(['noGradient']);
  });

  it('puts the cause before what it leads to', () => {
    const both = diagnose(evidence({ loss: 2.302, accuracy: 0.1, gradients: gradients(1e-9, 1e-5, 0.1) }), []);
    expect(both.map(({ kind }) => kind)).toEqual(['vanishing', 'equallyLikely']);
    expect(both[0].layer).toBe('dense_1');
  });
});

describe('nextDiagnosis', () => {
  const at = (norm: number, step: number, change: Partial<Evidence> = {}) =>
    evidence({ gradients: gradients(norm, 1), step, ...change });
  const kindAfter = (diagnosis: typeof NO_DIAGNOSIS, steps: Evidence[]) =>
    steps.reduce(nextDiagnosis, diagnosis).findings[0].kind;

  it('does not flicker while a figure wavers around its threshold', () => {
    const start = nextDiagnosis(NO_DIAGNOSIS, at(0.0009, 20));
    expect(start.findings[0].kind).toBe('vanishing');
    const wavering = [0.0011, 0.0009, 0.0025, 0.0008, 0.0029].map((norm, i) => at(norm, 21 + i));
    for (let i = 1; i <= wavering.length; i++) expect(kindAfter(start, wavering.slice(0, i))).toBe('vanishing');
    // The value is back within the wider limit, but only for a moment.
    expect(kindAfter(start, [at(0.01, 30), at(0.01, 31), at(0.0009, 32)])).toBe('vanishing');
    expect(kindAfter(start, [at(0.01, 30), at(0.01, 31), at(0.01, 32), at(0.01, 33)])).toBe('healthy');
  });

  it('changes at once where waiting would be wrong', () => {
    const start = nextDiagnosis(NO_DIAGNOSIS, at(0.0009, 20));
    expect(kindAfter(start, [at(0.5, 21, { running: false })])).toBe('healthy');
    expect(kindAfter(start, [at(0.5, 50, { runId: 2 })])).toBe('healthy');
    expect(kindAfter(start, [at(0.5, 21, { fault: { step: 21, layer: null } })])).toBe('notFinite');
  });
});

describe('gatherEvidence', () => {
  const normSlots = [
    { layer: 'dense_1', tensor: 'weight' },
    { layer: 'dense_1', tensor: 'bias' },
    { layer: 'dense_1', tensor: 'output' },
  ] as const;
  const row = (step: number, norms = [3, 4, 9]) => ({ step, loss: 2, accuracy: 0.5, norms });
  const seen = { runId: 1, normSlots, looks: [], running: true, classes: 10, halted: null, units: {} };

  it('takes the median over the last steps, so that one odd batch decides nothing', () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(i + 1, i === 25 ? [1e6, 0, 0] : [3, 4, 9]));
    expect(gatherEvidence({ ...seen, rows }).gradients).toEqual([{ layer: 'dense_1', norm: 5 }]);
  });

  it('has nothing to say before the tenth step, but for a number that is not finite', () => {
    const rows = [row(1), row(2, [1, NaN, 2]), row(3)];
    const early = gatherEvidence({ ...seen, rows });
    expect([early.loss, early.gradients, early.averaged]).toEqual([null, [], 3]);
    expect(early.fault).toEqual({ step: 2, layer: 'dense_1' });
    expect(diagnose(gatherEvidence({ ...seen, rows: [row(1)] }), [])[0].kind).toBe('waiting');
  });

  it('names the loss where no layer was the first to overflow', () => {
    const { fault } = gatherEvidence({ ...seen, rows: [row(1)], halted: { step: 2, layer: '' } });
    expect(fault).toEqual({ step: 2, layer: null });
    expect(headline({ fault })).toBe('Not finite: NaN, infinity or overflow first in the loss at step 2');
  });

  it('divides the update by the weights, over the last looks', () => {
    const look = (step: number, updateNorm: number | null) => ({
      step,
      layers: [
        {
          layer: 'dense_1',
          weightNorm: 2,
          gradientNorm: 1,
          updateNorm,
          activationMean: 0,
          activationStd: 3,
          deadUnits: null,
          saturated: 0.5,
          tensors: [],
        },
      ],
    });
    const rows = Array.from({ length: 12 }, (_, i) => row(i + 1));
    const { layers } = gatherEvidence({
      ...seen,
      rows,
      looks: [look(1, 0.2), look(2, null), look(3, 0.4)],
      units: { dense_1: 32 },
    });
    expect(layers).toEqual([
      {
        layer: 'dense_1',
        units: 32,
        weightNorm: 2,
        updateRatio: 0.15000000000000002,
        activationStd: 3,
        deadUnits: null,
        saturated: 0.5,
      },
    ]);
  });
});

it('says how many times in as many digits as mean something', () => {
  expect([1.234, 35.4, 1234, 999_500, 3.14e9].map(times)).toEqual(['1.2', '35', '1,200', '1.0e6', '3.1e9']);
});
