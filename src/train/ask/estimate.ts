import type { NetworkCost } from '../../model/cost';
import { resolveModel } from '../../model/resolve';
import { changeSettings, type TrainSettings } from '../../model/settings';
import { parseModelSpec, type ModelSpec } from '../../model/spec';
import type { Session } from '../session/session';

/**
 * What training a network would cost. Needs no network and changes nothing: what is asked about need
 * not be what is trained.
 * @throws PlaygroundError naming what is wrong with model or settings.
 */
export async function estimate(
  { host, settings: present }: Session,
  { model, settings }: { model: ModelSpec; settings?: Partial<TrainSettings> },
): Promise<NetworkCost> {
  return host.engine.estimate(resolveModel(parseModelSpec(model)), changeSettings(present, settings));
}
