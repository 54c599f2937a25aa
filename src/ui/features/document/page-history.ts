import { z } from 'zod';
import { at } from '../../../at';
import { changeSettings, DEFAULT_SETTINGS } from '../../../model/settings';
import { parseModelSpec } from '../../../model/spec';
import type { Step } from '../../stores/model/history';
import { useModelStore, type Snapshot, type StackLayer } from '../../stores/model/model-store';

/**
 * The number of undo steps, and of redo steps, that are stored at most. All of them are written
 * with every change, and checked before the page is first drawn.
 */
const MOST_STEPS = 30;

/** What undo and redo restore, and the uids that connect it to the layers of the stack. */
export interface PageHistory {
  /** The uids of the stack's layers, in their order. */
  uids: string[];
  /** The uid of the selected layer. */
  selected: string | null;
  past: Step<Snapshot>[];
  future: Step<Snapshot>[];
}

const stepSchema = z.object({
  label: z.string(),
  snapshot: z.object({
    name: z.string().optional(),
    input: z.unknown(),
    inputScaling: z.unknown().optional(),
    layers: z.array(z.object({ uid: z.string(), spec: z.unknown(), bypassed: z.literal(true).optional() })),
    settings: z.unknown(),
  }),
});

const historySchema = z.object({
  uids: z.array(z.string()),
  selected: z.string().nullable(),
  past: z.array(stepSchema),
  future: z.array(stepSchema),
});

/**
 * Checks a stored history.
 * @throws if the value is not a history, or if it contains a network that is no longer valid.
 */
export function parseHistory(json: unknown): PageHistory {
  const { past, future, ...rest } = historySchema.parse(json);
  return { ...rest, past: past.map(checkedStep), future: future.map(checkedStep) };
}

function checkedStep({ label, snapshot: { layers, settings, ...rest } }: z.infer<typeof stepSchema>): Step<Snapshot> {
  const {
    name,
    input,
    inputScaling,
    layers: specs,
  } = parseModelSpec({ version: 1, ...rest, layers: layers.map(({ spec }) => spec) });
  const named = layers.map((layer, i): StackLayer => ({ ...layer, spec: at(specs, i) }));
  const stack = { name, input, inputScaling, layers: named };
  return { label, snapshot: { ...stack, settings: changeSettings(DEFAULT_SETTINGS, settings) } };
}

/** The present history of the page, as it is stored. */
export function currentHistory(): PageHistory {
  const { layers, selected, past, future } = useModelStore.getState();
  return {
    uids: layers.map(({ uid }) => uid),
    selected,
    past: past.slice(-MOST_STEPS),
    future: future.slice(0, MOST_STEPS),
  };
}

/** Gives the layers on the page their earlier uids, because the history refers to them. */
export function showHistory({ uids, selected, past, future }: PageHistory): void {
  const { layers } = useModelStore.getState();
  if (uids.length !== layers.length) return;
  const known = selected !== null && uids.includes(selected) ? selected : null;
  useModelStore.setState({
    layers: layers.map((layer, i) => ({ ...layer, uid: at(uids, i) })),
    selected: known,
    past,
    future,
  });
}
