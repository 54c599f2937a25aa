import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUDGETS } from '../../pace';
import { Redraws } from './redraws';

const { drawing, drawingOnSoftware } = BUDGETS;

vi.mock('react-dom', () => ({ flushSync: (change: () => void) => change() }));

/** Milliseconds of work that keeps the main thread busy: the clock advances, but no timer fires. */
let busyMs = 0;

/**
 * A page that follows training ten times a second, on a GPU unless `run` says otherwise. Each
 * redraw changes `parts` parts of the page in `partMs` each, and a frame takes `frameMs`.
 */
function createPage({ parts = 1, partMs = 0, frameMs = 0 }) {
  const run = { training: true, software: false };
  const redraws = new Redraws(() => run);
  const redrawn: number[] = [];
  class Channel {
    port1 = { onmessage: () => {}, close: () => {} };
    port2 = { postMessage: () => void ((busyMs += frameMs), setTimeout(() => this.port1.onmessage())) };
  }
  vi.stubGlobal('MessageChannel', Channel);
  const announce = () => {
    redrawn.push(performance.now());
    for (let part = 0; part < parts; part++) redraws.draw(() => (busyMs += partMs));
  };
  const train = async (seconds: number) => {
    for (let tenth = 0; tenth < 10 * seconds; tenth++) {
      redraws.request(announce);
      await vi.advanceTimersByTimeAsync(100);
    }
    return redrawn.splice(0).length / seconds;
  };
  return { run, redraws, train };
}

describe('Redraws', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    busyMs = 0;
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + busyMs);
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('draws five times a second where that is cheap, and the first step at once', async () => {
    const { redraws, train } = createPage({ parts: 3, partMs: 1, frameMs: 2 });
    expect(await train(0.1)).toBe(10);
    expect(await train(20)).toBeCloseTo(5, 0);
    expect(redraws.slowedToMs).toBe(0);
  });

  it('draws less often where it is slow, by its share of the time', async () => {
    const { redraws, train } = createPage({ parts: 2, partMs: 10, frameMs: 10 });
    await train(2);
    // Both parts change in one frame: 30 ms in all, plus up to 2 ms for clock ticks.
    expect(redraws.slowedToMs).toBeGreaterThanOrEqual(30 / drawing.share);
    expect(redraws.slowedToMs).toBeLessThan(32 / drawing.share);
    expect(1000 / (await train(20))).toBeGreaterThan(400);
  });

  it('draws less often where training needs the same cores', async () => {
    const { run, redraws, train } = createPage({ parts: 2, partMs: 10, frameMs: 10 });
    run.software = true;
    await train(3);
    expect(redraws.slowedToMs).toBeGreaterThanOrEqual(30 / drawingOnSoftware.share);
    expect(redraws.slowedToMs).toBeLessThan(32 / drawingOnSoftware.share);
  });

  it('draws every two seconds however slow it is', async () => {
    const { redraws, train } = createPage({ parts: 1, partMs: 300 });
    await train(5);
    expect(redraws.slowedToMs).toBe(drawing.mostMs);
    expect(1000 / (await train(30))).toBeLessThan(1.2 * drawing.mostMs);
  });

  it('draws what training left as soon as it pauses, and each step after that', async () => {
    const { run, redraws, train } = createPage({ parts: 1, partMs: 300 });
    await train(5);
    const drawn = vi.fn();
    redraws.request(drawn);
    run.training = false;
    await vi.advanceTimersByTimeAsync(drawing.leastMs);
    expect(drawn).toHaveBeenCalledTimes(1);
    redraws.request(drawn);
    await vi.advanceTimersByTimeAsync(drawing.leastMs);
    expect(drawn).toHaveBeenCalledTimes(2);
  });

  it('calls back once for all that asked meanwhile, and each of them', async () => {
    const { redraws } = createPage({});
    const [one, other] = [vi.fn(), vi.fn()];
    redraws.request(one);
    redraws.request(other);
    redraws.request(one);
    await vi.advanceTimersByTimeAsync(2000);
    expect([one, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});
