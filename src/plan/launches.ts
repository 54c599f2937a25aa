import type { Dispatch } from './dispatch';
import type { TrainingPlan } from './plan-types';

/** A kernel launch of a training step, for display. */
export interface KernelLaunch {
  phase: 'forward' | 'backward' | 'update';
  label: string;
  /** File name under shaders/, without extension. */
  shader: string;
  entryPoint: string;
  /** Values of the shader's override constants. */
  constants: Readonly<Record<string, number>>;
  workgroups: readonly [number, number, number];
  /** The launch serves all layers together. */
  shared: boolean;
}

/**
 * The launches of a training step that belong to a layer, in the order in which they run: its own
 * forward and backward kernels and, if the layer has weights, the kernels that finish and apply the
 * gradients of all layers. The loss belongs to the last layer.
 */
export function launchesOf(plan: TrainingPlan, id: string): KernelLaunch[] {
  const layer = plan.layers.find((one) => one.id === id);
  if (!layer) return [];
  const of =
    (phase: KernelLaunch['phase'], shared = false) =>
    (dispatch: Dispatch) =>
      describe(dispatch, phase, shared);
  const loss = layer === plan.layers.at(-1) ? plan.backward.slice(0, 1) : [];
  const update = layer.partials.length > 0 ? [plan.finish, ...plan.update.optimize] : [];
  return [
    ...layer.forward.map(of('forward')),
    ...loss.map(of('backward')),
    ...layer.backward.map(of('backward')),
    ...update.map(of('update', true)),
  ];
}

function describe(
  { label, shader, entryPoint, constants, workgroups }: Dispatch,
  phase: KernelLaunch['phase'],
  shared: boolean,
): KernelLaunch {
  return { phase, label, shader, entryPoint, constants, workgroups, shared };
}
