import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../model/presets';
import { DEFAULT_SETTINGS } from '../../../model/settings';
import type { RunEvent } from './events';
import { faultOf, isPausing, isRunning, isTraining, isTrainingWanted, isWaiting } from './selectors';
import type { RunMachine } from './states';
import { FIRST_STATE, transition } from './transition';

const error = { what: 'it broke.', where: {}, remedy: '' };
const fault = { step: 4, layer: 'dense_1', error };
const network = { spec: DEFAULT_PRESET.spec, ids: { a: 'conv2d_1' } };
const run = { ...FIRST_STATE.run, id: 1, network, stepsPerEpoch: 10 };
const news = { id: 2, source: null, data: null, stepsPerEpoch: 10 };
const at = { run, changes: 0 };
const rest = { phase: 'idle' } as const;

/** Request 1 trains until paused, request 2 pauses, and request 3 trains again after that. */
const STATES = {
  idle: { ...at, phase: 'idle' },
  paused: { ...at, phase: 'paused' },
  halted: { ...at, phase: 'halted', fault },
  done: { ...at, phase: 'done', reason: { kind: 'target', step: 5 } },
  preparing: preparing(),
  waiting: { ...preparing(), asked: true, requests: [1] },
  running: { ...at, phase: 'running', since: 0, target: null, resumes: true, requests: [1] },
  pausing: { ...at, phase: 'pausing', request: 2, since: 0, next: null, requests: [1], rest: { phase: 'paused' } },
  again: {
    ...at,
    ...{ phase: 'pausing', request: 2, since: 0, requests: [1], rest: { phase: 'paused' } },
    next: { request: 3, goal: {}, cause: 'press', asked: false },
  },
} satisfies Record<string, RunMachine>;

function preparing() {
  const asking = { request: 1, goal: {}, cause: 'press', asked: false } as const;
  return { ...at, phase: 'waiting', ...asking, requests: [] as number[], resumes: true, rest } as const;
}

const EVENTS = {
  play: { type: 'play', request: 9, goal: {} },
  train: { type: 'train', request: 9, goal: { steps: 5 } },
  pause: { type: 'pause', request: 9 },
  reset: { type: 'reset' },
  change: { type: 'change' },
  prepared: { type: 'prepared', request: 1 },
  answered: { type: 'answered', request: 1 },
  pauseAnswered: { type: 'pauseAnswered', request: 2 },
  changed: { type: 'changed', request: 9 },
  changeRefused: { type: 'changeRefused' },
  network: { type: 'network', network },
  settings: { type: 'settings', settings: DEFAULT_SETTINGS },
  run: { type: 'run', run: news },
  saysRunning: { type: 'state', state: 'running', step: 5 },
  saysIdle: { type: 'state', state: 'idle', step: 0 },
  saysPaused: { type: 'state', state: 'paused', step: 5 },
  saysHalted: { type: 'state', state: 'halted', step: 5 },
  halted: { type: 'halted', fault },
  failed: { type: 'failed', error },
} satisfies Record<string, RunEvent>;

/** The phase after each event in each state. `=` means that the event is ignored. */
const TABLE = `
               idle     paused   halted   done     preparing waiting  running  pausing  again
play           waiting  waiting  waiting  waiting  =         =        =        pausing  =
train          waiting  waiting  waiting  waiting  waiting   waiting  running  pausing  pausing
pause          =        =        =        =        idle      pausing  pausing  pausing  pausing
reset          =        =        =        =        idle      waiting  running  pausing  pausing
change         idle     paused   halted   done     waiting   waiting  running  pausing  pausing
prepared       =        =        =        =        waiting   =        =        =        =
answered       =        =        =        =        idle      idle     running  pausing  pausing
pauseAnswered  =        =        =        =        =         =        =        paused   waiting
changed        =        =        =        =        =         waiting  =        =        =
changeRefused  =        =        =        =        =         =        =        =        =
network        idle     paused   halted   done     waiting   waiting  running  pausing  pausing
settings       idle     paused   halted   done     waiting   waiting  running  pausing  pausing
run            idle     idle     idle     idle     waiting   waiting  idle     pausing  pausing
saysRunning    running  running  running  running  =         running  =        pausing  pausing
saysIdle       idle     idle     idle     idle     waiting   waiting  idle     pausing  pausing
saysPaused     paused   paused   paused   =        waiting   waiting  paused   pausing  pausing
saysHalted     =        =        =        =        =         =        =        =        =
halted         halted   halted   halted   halted   waiting   waiting  halted   pausing  pausing
failed         done     done     done     done     done      done     done     done     done
`;

const [columns, ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));
const cases = rows.flatMap(([event, ...phases]) => phases.map((after, i) => [event, columns![i]!, after]));

describe('every event in every state', () => {
  it('is in the table', () => {
    expect(rows.map(([event]) => event)).toEqual(Object.keys(EVENTS));
    expect(columns).toEqual(Object.keys(STATES));
  });

  it.each(cases)('%s in %s: %s', (event, state, after) => {
    const before: RunMachine = STATES[state as keyof typeof STATES];
    const next = transition(before, EVENTS[event as keyof typeof EVENTS]);
    if (after === '=') expect(next).toBe(before);
    else expect([next.phase, next === before && event !== 'run']).toEqual([after, false]);
    // A state has its own fields, and none of the state before it.
    if (next.phase === 'idle' || next.phase === 'paused') {
      expect(Object.keys(next).sort()).toEqual(['changes', 'phase', 'run']);
    }
  });
});

/** The state after several events. */
const after = (state: RunMachine, ...events: RunEvent[]) => events.reduce(transition, state);
const says = (state: 'idle' | 'running' | 'paused', step = 5): RunEvent => ({ type: 'state', state, step });

describe('what is trained', () => {
  it('is the run that the worker announced, with the network and settings that it took', () => {
    const settings = { ...DEFAULT_SETTINGS, batchSize: 7 };
    const begun = after(STATES.paused, { type: 'settings', settings }, EVENTS.run);
    expect(begun.run).toEqual({ ...news, network, settings });
  });

  it('goes from the step at which it begins to the one that was asked for, and is done there', () => {
    const epochs: RunEvent = { type: 'train', request: 9, goal: { epochs: 2 } };
    const running = after(STATES.paused, epochs, says('running', 5));
    expect(running).toMatchObject({ phase: 'running', since: 5, target: 25, resumes: false });
    expect(after(running, says('paused', 25))).toMatchObject({ phase: 'done', reason: { kind: 'target', step: 25 } });
    expect(after(running, says('paused', 24)).phase).toBe('paused');
  });

  it('is a single batch where nothing on the page asked for it', () => {
    const running = after(STATES.idle, says('running', 0));
    expect(running).toMatchObject({ phase: 'running', target: null, requests: [], resumes: false });
  });
});

describe('a change while it trains until paused', () => {
  const changing = after(STATES.running, { type: 'change' });

  it('lets it go on in the run that follows', () => {
    const interrupted = after(changing, EVENTS.run, says('idle', 0));
    expect(interrupted).toMatchObject({ phase: 'waiting', cause: 'change', requests: [1], changes: 1 });
    expect([isTraining, isTrainingWanted, isRunning, isWaiting].map((is) => is({ machine: interrupted }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(after(interrupted, EVENTS.answered)).toMatchObject({ phase: 'waiting', requests: [] });
    const asked = after(interrupted, EVENTS.answered, EVENTS.changed);
    expect(asked).toMatchObject({ phase: 'waiting', requests: [9], changes: 0 });
    expect(after(asked, says('running', 0))).toMatchObject({ phase: 'running', resumes: true, requests: [9] });
  });

  it('leaves it alone where no other run begins', () => {
    expect(after(changing, EVENTS.changed)).toEqual(STATES.running);
    expect(after(changing, EVENTS.changeRefused)).toEqual(STATES.running);
  });

  it('ends it where the change is refused after the run has stopped', () => {
    const stopped = after(changing, says('paused'), EVENTS.answered);
    expect(after(stopped, EVENTS.changeRefused).phase).toBe('paused');
    // The worker only said that the training is over.
    expect(after(changing, EVENTS.answered, EVENTS.changeRefused).phase).toBe('paused');
  });

  it('waits for the last of several', () => {
    const two = after(changing, { type: 'change' }, EVENTS.run);
    const refused = after(two, EVENTS.answered, EVENTS.changeRefused);
    expect(refused).toMatchObject({ phase: 'waiting', changes: 1, requests: [] });
    expect(after(refused, EVENTS.changed)).toMatchObject({ phase: 'waiting', requests: [9] });
  });

  it('goes on after a halt only where the change made it playable again', () => {
    const halted = after(changing, EVENTS.halted, EVENTS.answered);
    expect(faultOf({ machine: halted })).toBe(fault);
    expect(after(halted, EVENTS.changed)).toMatchObject({ phase: 'halted', fault });
    expect(after(halted, says('paused'), EVENTS.changed)).toMatchObject({ phase: 'waiting', requests: [9] });
  });

  it('does not go on after pause, after reset, or where it was to do so many steps only', () => {
    expect(after(changing, EVENTS.pause, EVENTS.run, EVENTS.changed).phase).toBe('pausing');
    expect(after(changing, EVENTS.reset, EVENTS.run, EVENTS.changed).phase).toBe('idle');
    const steps = after(STATES.idle, EVENTS.train, says('running'), EVENTS.change, EVENTS.run);
    expect(after(steps, EVENTS.changed).phase).toBe('idle');
  });
});

describe('pause', () => {
  it('shows the steps on their way, until the worker has answered', () => {
    expect(isRunning({ machine: STATES.pausing })).toBe(true);
    const stopped = after(STATES.pausing, says('paused'));
    expect([isPausing({ machine: stopped }), isRunning({ machine: stopped })]).toEqual([true, false]);
    expect(after(stopped, EVENTS.pauseAnswered)).toEqual(STATES.paused);
  });

  it('ends as the worker says: halted, at step 0, or in another run', () => {
    expect(after(STATES.pausing, EVENTS.halted, EVENTS.pauseAnswered)).toMatchObject({ phase: 'halted', fault });
    expect(after(STATES.pausing, says('idle', 0), EVENTS.pauseAnswered).phase).toBe('idle');
    expect(after(STATES.pausing, EVENTS.run, EVENTS.pauseAnswered)).toMatchObject({ phase: 'idle', run: { id: 2 } });
  });

  it('is obeyed by its last press, and so is play', () => {
    const twice = after(STATES.again, { type: 'pause', request: 4 });
    expect(after(twice, EVENTS.pauseAnswered)).toBe(twice);
    expect(after(twice, { type: 'pauseAnswered', request: 4 }).phase).toBe('paused');
    const playing = after(STATES.again, EVENTS.pauseAnswered);
    expect(playing).toMatchObject({ phase: 'waiting', request: 3, asked: false, resumes: true });
    // The preparation of another press arrives too late.
    expect(after(playing, EVENTS.prepared)).toBe(playing);
    expect(after(STATES.again, { type: 'answered', request: 3 })).toMatchObject({ phase: 'pausing', next: null });
  });

  it('lets a script train that asked meanwhile', () => {
    const asked = after(STATES.pausing, EVENTS.train, says('paused'), EVENTS.answered);
    expect(after(asked, EVENTS.pauseAnswered, says('running'))).toMatchObject({ phase: 'running', target: 10 });
    expect(after(asked, says('running'), EVENTS.pauseAnswered)).toMatchObject({ phase: 'running', target: 10 });
  });
});

describe('waiting', () => {
  it('falls back to what was there, in the words of the worker', () => {
    const waiting = after(STATES.halted, EVENTS.play);
    expect(faultOf({ machine: waiting })).toBe(fault);
    expect(after(waiting, { type: 'answered', request: 9 })).toEqual(STATES.halted);
    expect(after(waiting, says('paused'), { type: 'answered', request: 9 })).toEqual(STATES.paused);
  });

  it('ends when the last request is refused', () => {
    const two = after(STATES.waiting, EVENTS.change, EVENTS.changed);
    expect(two).toMatchObject({ phase: 'waiting', requests: [1, 9] });
    expect(after(two, { type: 'answered', request: 9 })).toMatchObject({ phase: 'waiting', requests: [1] });
    expect(after(two, { type: 'answered', request: 9 }, EVENTS.answered).phase).toBe('idle');
  });

  it('of a press gives way to a script', () => {
    expect(after(STATES.preparing, EVENTS.train)).toMatchObject({ request: 9, asked: true, resumes: false });
  });
});

it('a dead worker has no more to say but that another run begins', () => {
  const failed = after(STATES.running, EVENTS.failed);
  expect(failed).toMatchObject({ phase: 'done', reason: { kind: 'failure', error } });
  expect(after(failed, says('paused'), says('idle', 0), EVENTS.answered)).toBe(failed);
});
