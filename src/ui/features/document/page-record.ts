import { z } from 'zod';
import type { LiveChange, LiveSettings } from '../../../model/live-settings';
import type { Stroke } from '../../stores/strokes-store';
import { parseDocument, type PlaygroundDocument } from './document';
import { parseHistory, type PageHistory } from './page-history';

const KEY = 'cnn-playground:page';
const VIEWS = ['train', 'gradients', 'step', 'test', 'compare', 'guide'] as const;
const PARTS = ['build', 'network', 'charts', 'predict', 'more'] as const;

/**
 * What is kept of the page between two visits, except the weights, which are too large for this
 * storage.
 */
export interface PageRecord {
  document: PlaygroundDocument;
  view: (typeof VIEWS)[number];
  /** The tab of the narrow page. Records of earlier versions do not have it. */
  part?: (typeof PARTS)[number];
  /** Whether the person was still on the first screen. */
  stage?: 'first';
  /** The drawing, as the strokes store has it. */
  strokes: Stroke[];
  /** Whether the page showed the drawing, not an image of the data. */
  drawing: boolean;
  /** Records of earlier versions do not have it. */
  history?: PageHistory;
  /**
   * What was trained: fresh weights, the pre-trained weights, or a stored run. A stored run has its
   * id, the step that it had reached, and the live settings of its steps since the stored weights
   * (`liveChanges`). Records of earlier versions lack `step` or `liveChanges`.
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
  stage: z.literal('first').optional().catch(undefined),
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

/** A history that cannot be read counts as none: the page itself still opens. */
function historyOrNone(json: unknown): PageHistory | undefined {
  try {
    return parseHistory(json);
  } catch {
    return undefined;
  }
}

/**
 * A storage for text, such as `localStorage`. Both methods may throw, if the storage is blocked or
 * full.
 */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Reads the page of the last visit. Null if there is none, or if something other than this page
 * wrote the value.
 */
export function readPage(storage: () => TextStorage): PageRecord | null {
  try {
    const text = storage().getItem(KEY);
    if (text === null) return null;
    const record = recordSchema.parse(JSON.parse(text));
    return { ...record, document: parseDocument(record.document) };
  } catch {
    // A foreign or broken value is not reported; the next change overwrites it.
    return null;
  }
}

/** @throws what the storage throws. */
export function writePage(storage: () => TextStorage, record: PageRecord): void {
  storage().setItem(KEY, JSON.stringify({ version: 1, ...record }));
}
