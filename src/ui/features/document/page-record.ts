import { z } from 'zod';
import type { LiveChange, LiveSettings } from '../../../model/live-settings';
import type { Stroke } from '../../stores/strokes-store';
import { parseDocument, type PlaygroundDocument } from './document';
import { parseHistory, type PageHistory } from './page-history';

const KEY = 'cnn-playground:page';
const VIEWS = ['train', 'gradients', 'step', 'test', 'compare', 'guide'] as const;
const PARTS = ['build', 'network', 'charts', 'predict', 'more'] as const;

/**
 * What the page is kept as between two visits, but for the weights, which are too large for this
 * place.
 */
export interface PageRecord {
  document: PlaygroundDocument;
  view: (typeof VIEWS)[number];
  /** The tab of the narrow page. Not in records of earlier versions. */
  part?: (typeof PARTS)[number];
  /** The drawing, as the strokes store has it. */
  strokes: Stroke[];
  /** The drawing was looked at, not an image of the data. */
  drawing: boolean;
  /** Not in records of earlier versions. */
  history?: PageHistory;
  /**
   * What was trained: never trained, the pre-trained weights, or a run that is stored under this id
   * and had reached this step. `liveChanges` are the live settings that its steps since the stored
   * weights had; not in records of earlier versions.
   */
  run: 'fresh' | 'pretrained' | { id: string; step?: number; liveChanges?: LiveChange[] };
}

const strokeSchema = z.object({ tool: z.enum(['pen', 'eraser']), points: z.array(z.number()) });

const liveChangeSchema = z.object({
  step: z.int().min(1),
  settings: z.object({ learningRate: z.number() }) satisfies z.ZodType<LiveSettings>,
});

const recordSchema = z.object({
  version: z.literal(1),
  document: z.unknown(),
  view: z.enum(VIEWS).catch('train'),
  part: z.enum(PARTS).optional().catch(undefined),
  strokes: z.array(strokeSchema).max(2000).catch([]),
  drawing: z.boolean().catch(false),
  history: z.unknown().transform(historyOrNone),
  run: z
    .union([
      z.enum(['fresh', 'pretrained']),
      z.object({
        id: z.string(),
        step: z.int().min(0).optional(),
        liveChanges: z.array(liveChangeSchema).optional().catch(undefined),
      }),
    ])
    .catch('fresh'),
});

/** A history that cannot be read is none: the page itself opens without it. */
function historyOrNone(json: unknown): PageHistory | undefined {
  try {
    return parseHistory(json);
  } catch {
    return undefined;
  }
}

/** A place for texts, as `localStorage` is one. Both may throw: where it is blocked, or full. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The page of the last visit; null where there is none, or nothing that this page wrote. */
export function readPage(storage: () => TextStorage): PageRecord | null {
  try {
    const text = storage().getItem(KEY);
    if (text === null) return null;
    const record = recordSchema.parse(JSON.parse(text));
    return { ...record, document: parseDocument(record.document) };
  } catch {
    // A foreign or broken value is no news for anybody; the next change writes over it.
    return null;
  }
}

/** @throws what the storage throws. */
export function writePage(storage: () => TextStorage, record: PageRecord): void {
  storage().setItem(KEY, JSON.stringify({ version: 1, ...record }));
}
