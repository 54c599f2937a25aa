import { PlaygroundError } from '../../errors';
import type { Requests, TrainResult } from '../wire/protocol';
import { checkCount } from './check-count';
import type { Session } from './session';

/**
 * Trains the present run for a number of steps or epochs, or until a pause.
 * @param command `collect` asks for an entry per step; `replay` holds the live settings that the
 * same steps had in an earlier run
 * @throws PlaygroundError if steps and epochs are both given, if one of them is not a valid count,
 * or if the network cannot be trained.
 */
export async function train(
  session: Session,
  { steps, epochs, collect, replay }: Requests['train']['command'],
): Promise<TrainResult> {
  if (steps !== undefined && epochs !== undefined) {
    throw new PlaygroundError('give steps or epochs, not both.', { where: { field: 'steps' } });
  }
  if (steps !== undefined) checkCount(steps, 'steps');
  if (epochs !== undefined) checkCount(epochs, 'epochs');
  return session.begin((run) =>
    run.requireTrainer().train({ steps: steps ?? (epochs ?? Infinity) * run.stepsPerEpoch, collect, replay }),
  );
}
