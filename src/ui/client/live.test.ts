import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveQuestions } from './live-questions';
import { LIVE_SHARE } from '../../pace';
import { restsFor } from './live-share';

const shareOf = (costMs: number, restMs: number) => costMs / (costMs + restMs);

describe('restsFor', () => {
  it('asks as often as wanted where that is cheap', () => {
    expect(
      restsFor([
        { costMs: 1, refreshMs: 100 },
        { costMs: 0, refreshMs: 50 },
      ]),
    ).toEqual([100, 50]);
    expect(restsFor([])).toEqual([]);
  });

  it('lets a GPU that answers in 2 ms be asked ten times a second', () => {
    const [rest] = restsFor([{ costMs: 2, refreshMs: 10 }]);
    expect(1000 / (2 + rest!)).toBeCloseTo(10, 5);
  });

  it('gives no more than the share to all together, equally', () => {
    const costs = [20, 200, 3000];
    const rests = restsFor(costs.map((costMs) => ({ costMs, refreshMs: 100 })));
    for (const [i, rest] of rests.entries()) expect(shareOf(costs[i]!, rest)).toBeCloseTo(LIVE_SHARE / 3, 10);
  });

  it('gives what a modest question leaves to the others, without slowing it', () => {
    const rests = restsFor([
      { costMs: 400, refreshMs: 100 },
      { costMs: 1, refreshMs: 199 },
    ]);
    expect(rests[1]).toBe(199);
    expect(shareOf(400, rests[0]!)).toBeCloseTo(LIVE_SHARE - 0.005, 10);
  });
});

/**
 * Live questions to a worker that does one thing after the other during endless training, with a
 * simulated clock.
 */
function createPage() {
  const state = { training: false, hidden: false, worked: 0, slowedToMs: 0 };
  const live = new LiveQuestions({
    isTraining: () => state.training,
    isHidden: () => state.hidden,
    now: () => performance.now(),
    slowedToMs: () => state.slowedToMs,
  });
  /**
   * @param waitMs time that the steps in flight take
   * @param workMs time that the answer takes
   */
  const ask = (waitMs: number, workMs: number) => {
    const asked = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, waitMs + workMs));
      state.worked += workMs;
      live.spent(workMs);
    });
    return asked;
  };
  /** Lets training continue for some time: the network changes ten times a second. */
  const pass = async (seconds: number) => {
    for (let tenth = 0; tenth < 10 * seconds; tenth++) {
      await vi.advanceTimersByTimeAsync(100);
      live.changed();
    }
  };
  return { state, live, ask, pass };
}

describe('LiveQuestions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks a new question at once, and a paused network whenever it changes', async () => {
    const { live, ask } = createPage();
    const asked = ask(0, 500);
    live.follow({ ask: asked, refreshMs: 100 });
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveBeenCalledTimes(1);
    live.changed();
    expect(asked).toHaveBeenCalledTimes(2);
    live.changed();
    live.changed();
    expect(asked).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('spends its share of the time while the network trains, not counting that answers wait for steps', async () => {
    const { state, live, ask, pass } = createPage();
    state.training = true;
    const [quick, slow] = [ask(120, 3), ask(120, 200)];
    live.follow({ ask: quick, refreshMs: 50 });
    live.follow({ ask: slow, refreshMs: 50 });
    await pass(20);
    const [warmUp, before] = [state.worked, quick.mock.calls.length];
    await pass(100);
    expect((state.worked - warmUp) / 100_000).toBeGreaterThan(0.4 * LIVE_SHARE);
    expect((state.worked - warmUp) / 100_000).toBeLessThan(LIVE_SHARE);
    // Each may take 1 % of the time. The quick one is asked every 300 ms plus its wait, the slow
    // one every 20 s.
    expect((quick.mock.calls.length - before) / 100).toBeGreaterThan(2);
    expect(slow.mock.calls.length).toBeGreaterThan(4);
  });

  it('asks no more often than a page that is slow to draw can show', async () => {
    const { state, live, ask, pass } = createPage();
    Object.assign(state, { training: true, slowedToMs: 1000 });
    const asked = ask(0, 1);
    live.follow({ ask: asked, refreshMs: 100 });
    await pass(20);
    expect(asked.mock.calls.length).toBeLessThan(22);
    expect(asked.mock.calls.length).toBeGreaterThan(15);
  });

  it('asks together where drawing is slow', async () => {
    const { state, live, ask, pass } = createPage();
    Object.assign(state, { training: true, slowedToMs: 1000 });
    const askedAt: number[][] = [[], []];
    const follow = (waitMs: number, into: number[]) => {
      const asked = ask(waitMs, 1);
      live.follow({ ask: () => (into.push(performance.now()), asked()), refreshMs: 100 });
    };
    follow(30, askedAt[0]!);
    await pass(0.3);
    follow(70, askedAt[1]!);
    await pass(20);
    const [one, other] = askedAt.map((times) => times.slice(-10));
    expect(one).toEqual(other);
  });

  it('is not thrown back for long by an answer that was slow once', async () => {
    const { state, live, pass } = createPage();
    state.training = true;
    let call = 0;
    const asked = vi.fn(async () => live.spent(call++ === 0 ? 4000 : 2));
    live.follow({ ask: asked, refreshMs: 100 });
    await pass(4);
    expect(asked.mock.calls.length).toBeGreaterThan(20);
  });

  it('answers a person at once, also while training', async () => {
    const { state, live, ask, pass } = createPage();
    state.training = true;
    const stop = live.follow({ ask: ask(100, 900), refreshMs: 100 });
    await pass(5);
    stop();
    const other = ask(100, 900);
    live.follow({ ask: other, refreshMs: 100 });
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('asks at once for another network, and what is left when training pauses', async () => {
    const { state, live, ask, pass } = createPage();
    state.training = true;
    const asked = ask(0, 400);
    live.follow({ ask: asked, refreshMs: 100 });
    await pass(5);
    const calls = asked.mock.calls.length;
    live.changed(true);
    expect(asked).toHaveBeenCalledTimes(calls + 1);
    await pass(1);
    expect(asked).toHaveBeenCalledTimes(calls + 1);
    state.training = false;
    live.schedule();
    expect(asked).toHaveBeenCalledTimes(calls + 2);
  });

  it('asks nothing while nobody looks, nor once it is not wanted any more', async () => {
    const { state, live, ask } = createPage();
    state.hidden = true;
    const asked = ask(0, 1);
    const stop = live.follow({ ask: asked, refreshMs: 100 });
    live.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).not.toHaveBeenCalled();
    state.hidden = false;
    live.schedule();
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10);
    stop();
    live.changed();
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
