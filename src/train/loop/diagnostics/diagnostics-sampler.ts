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

/** Images that activations are taken from, at most. */
const IMAGES = 16;
/** Outputs of all layers for these images together, at most: 8 MB to read back. */
const MOST_OUTPUTS = 2 ** 21;
/**
 * Weights are read back three times for a look (before, after, gradients); of a network with more
 * than 16 MB of them they are not.
 */
const MOST_PARAMETERS = 2 ** 22;

/**
 * Looks at every layer at some of the steps: weights before and after, the gradients in between,
 * and what the layers answer to a few images. The steps stay what they were; the loop only waits
 * for the answers before it goes on.
 */
export class DiagnosticsSampler {
  private readonly schedule = new DiagnosticsSchedule();
  private readonly readsWeights: boolean;
  /** [n, H, W, C] in 0..1; made when it is first needed. */
  private images: Float32Array | null = null;
  private lastStep = 0;
  private broken = false;

  constructor(private readonly context: RunContext) {
    this.readsWeights = context.model.parameters <= MOST_PARAMETERS;
  }

  trained(ms: number, steps: number): void {
    this.schedule.trained(ms, steps);
  }

  /** @param anyway take a look at the next step, however short ago the last one was */
  isDue(anyway: boolean): boolean {
    return !this.broken && (anyway || this.schedule.isDue());
  }

  /** Was this step looked at? */
  has(step: number): boolean {
    return this.lastStep === step;
  }

  /**
   * Runs one step and emits what it did to the layers.
   * @param step its number in the run
   * @param train runs it; nothing else may be on its way
   * @throws what `train` throws, and if the backend dies. Where only the look fails that is told,
   * and none is taken any more.
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
      const figures = diagnoseLayer(layer, outputs[l], step);
      const gradientNorm = normOf(layer.id, network.normSlots, result.norms);
      if (!step) return { ...figures, ...NOTHING_TRAINED, gradientNorm };
      // Squares may overflow in float32 where the numbers themselves do not: that halts a run, so
      // it is what is shown.
      return gradientNorm === null || Number.isFinite(gradientNorm) ? figures : { ...figures, gradientNorm };
    });
  }

  /**
   * The first validation images, or training images where there are none: the same ones throughout
   * the run.
   */
  private chooseImages(): Float32Array {
    const { model, validation, plan, dataset } = this.context;
    const outputs = model.layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
    const count = Math.max(1, Math.min(IMAGES, Math.floor(MOST_OUTPUTS / outputs)));
    if (validation.length === 0) return imagesOfBatch(dataset, plan.batchOf(1), 0, count).images;
    return imagesAt(dataset, 'train', validation.subarray(0, count)).images;
  }
}

/** Tells the failure of a step from that of a look at it. */
class StepFailure extends Error {
  constructor(cause: unknown) {
    super('the step failed', { cause });
  }
}

/** The layer's gradient norm as the step reported it; null where it has nothing to train. */
function normOf(layer: string, slots: readonly NormSlot[], norms: Float32Array): number | null {
  const own = slots.flatMap((slot, i) => (slot.layer === layer && slot.tensor !== 'output' ? [norms[i]] : []));
  return own.length > 0 ? Math.hypot(...own) : null;
}
