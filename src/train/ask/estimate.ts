import type { NetworkCost } from '../../model/cost';
import { resolveModel } from '../../model/resolve';
import { changeSettings, type TrainSettings } from '../../model/settings';
import { parseModelSpec, type ModelSpec } from '../../model/spec';
import type { Session } from '../session/session';

/**
 * Estimates the cost of training a network. The session needs no network for this, and nothing in
 * it changes: the model in the request may differ from the network that is trained.
 * @throws PlaygroundError naming what is wrong with model or settings.
 */
export async function estimate(
  { host, settings: present }: Session,
  { model, settings }: { model: ModelSpec; settings?: Partial<TrainSettings> },
): Promise<NetworkCost> {
  return host.engine.estimate(resolveModel(parseModelSpec(model)), changeSettings(present, settings));
}
