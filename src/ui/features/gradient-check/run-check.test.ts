import { beforeEach, expect, it } from 'vitest';
import { PlaygroundError } from '../../../errors';
import { DEFAULT_PRESET } from '../../../model/presets';
import { recordedAsk } from '../../client/recorded-ask.test-helper';
import { routeEvent } from '../../stores/route-event';
import { useGradientCheckStore } from '../../stores/gradient-check-store';
import { restingWith } from '../../stores/run-machine/run-machine.test-helper';
import { useRunStore } from '../../stores/run-store';
import { runGradientCheck } from './run-check';

const state = () => useGradientCheckStore.getState();
/** A run of a network in which the layer `uid` is the last. */
const runOf = (id: number, uid: string) =>
  restingWith({ id, network: { spec: DEFAULT_PRESET.spec, ids: { [uid]: 'dense_1' } } });
const results = [{ layer: 'dense_1', tensor: 'input' as const, relativeError: 0, compared: 18, skipped: 0 }];

beforeEach(() => {
  useGradientCheckStore.setState(useGradientCheckStore.getInitialState(), true);
  useRunStore.setState({ ...useRunStore.getInitialState(), machine: runOf(2, 'layer7') }, true);
});

it('shows how far it is, then what was found and to which layers it belongs', async () => {
  const { asked, ask } = recordedAsk();
  let time = 1000;
  const done = runGradientCheck({ ask }, () => time);
  routeEvent({ type: 'gradientCheck', runId: 2, fraction: 0.25 });
  expect(state().fraction).toBe(0.25);
  await runGradientCheck({ ask });
  expect(asked).toHaveLength(1);
  time = 4000;
  asked[0]!.resolve(results);
  await done;
  expect(state()).toEqual({ fraction: null, results, seconds: 3, runId: 2, uids: { dense_1: 'layer7' }, error: null });
  routeEvent({ type: 'gradientCheck', runId: 2, fraction: 0.9 });
  expect(state().fraction).toBeNull();
});

it('belongs to the network that was checked, also where a new run has begun meanwhile', async () => {
  const { asked, ask } = recordedAsk();
  const done = runGradientCheck({ ask });
  // A change that had not been sent yet when the check was asked for is in it.
  useRunStore.setState({ machine: runOf(3, 'layer8') });
  routeEvent({ type: 'gradientCheck', runId: 3, fraction: 0.25 });
  useRunStore.setState({ machine: runOf(4, 'layer9') });
  asked[0]!.resolve(results);
  await done;
  expect(state()).toMatchObject({ results, runId: 3, uids: { dense_1: 'layer8' } });
});

it('says why it failed, and can be asked again', async () => {
  const { asked, ask } = recordedAsk();
  const failed = runGradientCheck({ ask });
  asked[0]!.reject(new PlaygroundError('the graphics device was lost.'));
  await failed;
  expect(state()).toMatchObject({ fraction: null, results: null, error: { what: 'the graphics device was lost.' } });
  const again = runGradientCheck({ ask });
  expect(state()).toMatchObject({ fraction: 0, error: null });
  asked[1]!.resolve(results);
  await again;
  expect(state().results).toEqual(results);
  const third = runGradientCheck({ ask });
  asked[2]!.reject(new PlaygroundError('the graphics device was lost.'));
  await third;
  // The results of the check before are gone, so nobody takes them for those of this one.
  expect(state().results).toBeNull();
});
