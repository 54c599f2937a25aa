import { z } from 'zod';
import { PAD, type Stroke } from '../../../stores/strokes-store';

/** A saved drawing. */
export interface Doodle {
  id: number;
  /** The class that the drawing is meant to show, if the user chose one. */
  label: number | null;
  strokes: readonly Stroke[];
}

/** The number of drawings kept at most, because a browser gives a page little storage. */
export const MOST_DOODLES = 24;
const VERSION = 1;
/** A drawing made by hand has fewer numbers than this. */
const MOST_NUMBERS = 60_000;

const coordinate = z
  .number()
  .min(-PAD)
  .max(2 * PAD);
const strokeSchema = z.object({
  tool: z.enum(['pen', 'eraser']),
  points: z
    .array(coordinate)
    .min(3)
    .max(MOST_NUMBERS)
    .refine((points) => points.length % 3 === 0),
});
const doodleSchema = z.object({
  id: z.int().min(0),
  label: z.int().min(0).max(255).nullable(),
  strokes: z.array(strokeSchema).min(1),
});
const fileSchema = z.object({ version: z.literal(VERSION), doodles: z.array(z.unknown()) });

/**
 * Reads the drawings in a stored text. Drawings that are broken, or of another version, are left
 * out. Never throws.
 */
export function parseDoodles(text: string | null): Doodle[] {
  const file = fileSchema.safeParse(jsonOf(text));
  if (!file.success) return [];
  const seen = new Set<number>();
  return file.data.doodles
    .flatMap((item) => doodleSchema.safeParse(item).data ?? [])
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .slice(0, MOST_DOODLES);
}

/**
 * The text that {@link parseDoodles} reads. Places are rounded to tenths of a pixel, which is
 * invisible.
 */
export function formatDoodles(doodles: readonly Doodle[]): string {
  const round = ({ tool, points }: Stroke): Stroke => ({
    tool,
    points: points.map((value) => Math.round(value * 10) / 10),
  });
  return JSON.stringify({
    version: VERSION,
    doodles: doodles.map((doodle) => ({ ...doodle, strokes: doodle.strokes.map(round) })),
  });
}

function jsonOf(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
