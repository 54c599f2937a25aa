import type { DatasetInfo } from '../../../data/dataset';
import type { PlaygroundError } from '../../../errors';
import type { LayerKindName } from '../../../model/layers';
import type { Repair } from '../../../model/editing/repairs';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { History } from './history';
import type { Stack, StackReport } from './model-store-stack';

/** What undo brings back: network and training settings. */
export interface Snapshot extends Stack {
  settings: TrainSettings;
}

export interface ModelState extends Stack, History<Snapshot> {
  /** uid of the selected layer. */
  selected: string | null;
  /** One per layer, in the order of `layers`. */
  reports: StackReport[];
  /** The stack as it is can be trained. */
  valid: boolean;
  /** What the data demands: images of this shape go in, one score per class comes out. */
  data: { shape: ModelSpec['input']; classes: number };
  /** The network takes other images than the data has. */
  inputProblem: PlaygroundError | null;
  /**
   * @param index gap to insert into; left out: where it most likely belongs. Selects the new layer.
   */
  addLayer(kind: LayerKindName, index?: number): void;
  /** Takes the layer at `from` out and puts it back so that it stands at `to`. */
  moveLayer(from: number, to: number): void;
  removeLayer(uid: string): void;
  updateLayer(uid: string, fields: Record<string, unknown>): void;
  duplicateLayer(uid: string): void;
  /** Switches a layer off, so that the network is trained without it, or on again. */
  toggleBypass(uid: string): void;
  /**
   * @param repair of the layer `id` (of the stack as a whole where that is empty), made for
   * `specOf` of the stack as it is
   */
  applyRepair(id: string, repair: Repair): void;
  select(uid: string | null): void;
  /**
   * Puts another network in the place of this one.
   * @param options indices of layers that are off, and settings that come with it: all is undone as
   * one
   * @throws PlaygroundError if spec or settings are malformed; everything then stays as it was.
   */
  loadSpec(spec: unknown, options?: { bypassed?: readonly number[]; settings?: unknown; label?: string }): void;
  /**
   * Puts checked settings on the page, as a step that can be undone; whoever watches the run store
   * sends them to the worker.
   */
  setSettings(settings: TrainSettings): void;
  /** All that `change` does is undone as one step with this label. */
  asOneStep(label: string, change: () => void): void;
  /**
   * Takes input shape and classes from the data set; the stack is checked against them from then
   * on.
   */
  fitDataset(info: Pick<DatasetInfo, 'height' | 'width' | 'channels' | 'classes'>): void;
  /** Gives the network the input that the data has. */
  fitInput(): void;
  undo(): void;
  redo(): void;
}
