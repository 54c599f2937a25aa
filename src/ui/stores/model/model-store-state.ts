import type { DatasetInfo } from '../../../data/dataset';
import type { PlaygroundError } from '../../../errors';
import type { LayerKindName } from '../../../model/layers';
import type { Repair } from '../../../model/editing/repairs';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { History } from './history';
import type { Stack, StackReport } from './model-store-stack';

/** The state that undo restores: network and training settings. */
export interface Snapshot extends Stack {
  settings: TrainSettings;
}

export interface ModelState extends Stack, History<Snapshot> {
  /** uid of the selected layer. */
  selected: string | null;
  /** One per layer, in the order of `layers`. */
  reports: StackReport[];
  /** Whether the stack as it is can be trained. */
  valid: boolean;
  /**
   * The demands of the data: the shape of the images, and the number of classes, each with a score.
   */
  data: { shape: ModelSpec['input']; classes: number };
  /** Set if the network takes images of another shape than the data has. */
  inputProblem: PlaygroundError | null;
  /**
   * Adds a layer and selects it.
   * @param index the gap to insert it into; if omitted, the layer goes where it most likely belongs
   */
  addLayer(kind: LayerKindName, index?: number): void;
  /** Moves the layer at index `from` to index `to`. */
  moveLayer(from: number, to: number): void;
  removeLayer(uid: string): void;
  updateLayer(uid: string, fields: Record<string, unknown>): void;
  duplicateLayer(uid: string): void;
  /** Switches a layer off, so that the network is trained without it, or back on. */
  toggleBypass(uid: string): void;
  /**
   * Applies a repair made for `specOf` of the current stack.
   * @param id the layer to repair; empty for the stack as a whole
   */
  applyRepair(id: string, repair: Repair): void;
  /** Takes all layers away. */
  clear: () => void;
  select: (uid: string | null) => void;
  /**
   * Replaces the network. One undo reverts everything.
   * @param options indices of the layers that are off, and the settings to load along with the
   * network
   * @throws PlaygroundError if spec or settings are malformed; nothing changes then
   */
  loadSpec: (spec: unknown, options?: { bypassed?: readonly number[]; settings?: unknown; label?: string }) => void;
  /**
   * Puts checked settings on the page as one undoable step. The settings sync watches the run store
   * and sends them to the worker.
   */
  setSettings(settings: TrainSettings): void;
  /** Groups everything that `change` does into one undo step with this label. */
  asOneStep: (label: string, change: () => void) => void;
  /**
   * Takes input shape and classes from the data set. From then on the stack is checked against
   * them. A stack that did not fit the data before keeps its input shape. Where the number of
   * channels changes, a mean and a deviation per channel give way to the default scaling.
   */
  fitDataset(info: Pick<DatasetInfo, 'height' | 'width' | 'channels' | 'classes'>): void;
  /** Gives the network the input shape of the data. */
  fitInput(): void;
  /**
   * Chooses how the network takes its input, as one undoable step; nothing if it does so already.
   * @throws PlaygroundError if the value is no scaling for the channels of the input
   */
  scaleInput: (scaling: unknown) => void;
  undo(): void;
  redo(): void;
}
