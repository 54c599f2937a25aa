import { describe, expect, it } from 'vitest';
import { Pacer, pauseAfter, Throttle } from './pace';

describe('pauseAfter', () => {
  it('keeps what it cost to its share of the time, within the limits of the budget', () => {
    const budget = { share: 0.02, firstShare: 0.1, leastMs: 500, mostMs: 10_000 };
    expect([5, 100, 1000].map((cost) => pauseAfter(cost, budget))).toEqual([500, 5000, 10_000]);
    expect(pauseAfter(100, budget, true)).toBe(1000);
    expect(pauseAfter(3, { share: 0.01 })).toBe(300);
  });
});

describe('Pacer', () => {
  it('counts the time that passed since something was last done', () => {
    const pacer = new Pacer({ share: 0.1 });
    pacer.passed(60);
    expect(pacer.mayRun(10)).toBe(false);
    pacer.passed(40);
    expect(pacer.mayRun(10)).toBe(true);
    pacer.restart();
    expect(pacer.mayRun(10)).toBe(false);
  });
});

describe('Throttle', () => {
  it('lets something pass once in an interval', () => {
    let clock = 0;
    const throttle = new Throttle(100, () => clock);
    const passed: number[] = [];
    for (; clock <= 300; clock += 30) if (throttle.pass()) passed.push(clock);
    expect(passed).toEqual([0, 120, 240]);
  });
});
