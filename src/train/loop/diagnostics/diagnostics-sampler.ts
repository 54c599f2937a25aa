import { at } from '../../../at';
import { reportOf } from '../../../errors';
import type { Weights } from '../../../model/initialize';
import { sizeOf } from '../../../model/shape';
import type { NormSlot } from '../../../model/norm-slots';
import type { Network, StepResult } from '../../../backend/engine';
import { diagnoseLayer, NOTHING_TRAINED, type StepTensors } from './diagnostics';
import { DiagnosticsSchedule } from './diagnostics-schedule';
import { imagesAt, imagesOfBatch } from '../pixels';
import type { LayerDiagnostics } from '../../wire/protocol';
import type { RunContext } from '../run-context';

/** Activations are computed for at most this many images. */
const IMAGES = 16;
/** The most numbers in the outputs of all layers for these images: 8 MB to read back. */
const MOST_OUTPUTS = 2 ** 21;
/**
 * A look reads tensors of the size of the weights three times (before, after, gradients), so the
 * sampler skips them in a network with more than 16 MB of weights.
 */
const MOST_PARAMETERS = 2 ** 22;

/**
 * Looks at every layer at some of the steps: the weights before and after, the gradients in
 * between, and the outputs of the layers for a few images. A look does not change the steps; the
 * loop only waits for the answers before it continues.
 */
export class DiagnosticsSampler {
  private readonly schedule = new DiagnosticsSchedule();
  private readonly readsWeights: boolean;
  /** [n, H, W, C] in 0..1; created when first needed. */
  private images: Float32Array | null = null;
  private lastStep = 0;
  private broken = false;

  constructor(private readonly context: RunContext) {
    this.readsWeights = context.model.parameters <= MOST_PARAMETERS;
  }

  trained(ms: number, steps: number): void {
    this.schedule.trained(ms, steps);
  }

  /** @param anyway take a look at the next step even if the last look was very recent */
  isDue(anyway: boolean): boolean {
    return !this.broken && (anyway || this.schedule.isDue());
  }

  /** Was this step looked at? */
  has(step: number): boolean {
    return this.lastStep === step;
  }

  /**
   * Runs one step and emits what it did to the layers.
   * @param step number of the step in the run
   * @param train runs the step; no other steps may be in flight
   * @throws what `train` throws, and if the backend dies. If only the look fails, the sampler
   * reports that and takes no further looks.
   */
  async look(network: Network, step: number, train: () => Promise<StepResult>): Promise<void> {
    const { backend, now } = this.context;
    const begun = now();
    let stepMs = 0;
    try {
      const before = this.readsWeights ? await backend.guard(network.getWeights()) : null;
      const stepBegun = now();
      const result = await train().catch((error: unknown) => Promise.reject(new StepFailure(error)));
      stepMs = now() - stepBegun;
      const layers = await backend.guard(this.diagnose(network, before, result));
      this.context.emit({ type: 'diagnostics', runId: this.context.runId, step, layers });
      this.lastStep = step;
    } catch (error) {
      if (error instanceof StepFailure) throw error.cause;
      if (await backend.isLoss(error)) throw error;
      this.broken = true;
      this.context.emit({ type: 'problem', runId: this.context.runId, error: reportOf(error), fatal: false });
    }
    this.schedule.took(now() - begun, stepMs);
  }

  private async diagnose(network: Network, before: Weights | null, result: StepResult): Promise<LayerDiagnostics[]> {
    const { layers } = this.context.model;
    const [after, gradients, { outputs }] = await Promise.all([
      before && !result.halted ? network.getWeights() : null,
      before && network.getGradients(),
      network.forward((this.images ??= this.chooseImages())),
    ]);
    const step: StepTensors | null = before && gradients && { before, after, gradients };
    return layers.map((layer, l) => {
      const figures = diagnoseLayer(layer, at(outputs, l), step);
      const gradientNorm = normOf(layer.id, network.normSlots, result.norms);
      if (!step) return { ...figures, ...NOTHING_TRAINED, gradientNorm };
      // The squares may overflow in float32 although the numbers do not. Such an overflow halts a
      // run, so the reported norm is shown.
      return gradientNorm === null || Number.isFinite(gradientNorm) ? figures : { ...figures, gradientNorm };
    });
  }

  /**
   * The first validation images, or training images if there are none. They stay the same
   * throughout the run.
   */
  private chooseImages(): Float32Array {
    const { model, validation, plan, dataset } = this.context;
    const outputs = model.layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
    const count = Math.max(1, Math.min(IMAGES, Math.floor(MOST_OUTPUTS / outputs)));
    if (validation.length === 0) return imagesOfBatch(dataset, plan.batchOf(1), 0, count).images;
    return imagesAt(dataset, 'train', validation.subarray(0, count)).images;
  }
}

/** Distinguishes the failure of a step from the failure of a look at the step. */
class StepFailure extends Error {
  constructor(cause: unknown) {
    super('the step failed', { cause });
  }
}

/** The layer's gradient norm as the step reported it; null if the layer has nothing to train. */
function normOf(layer: string, slots: readonly NormSlot[], norms: Float32Array): number | null {
  const own = slots.flatMap((slot, i) => (slot.layer === layer && slot.tensor !== 'output' ? [at(norms, i)] : []));
  return own.length > 0 ? Math.hypot(...own) : null;
}
