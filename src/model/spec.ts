import { z } from 'zod';
import { at } from '../at';
import { PlaygroundError } from '../errors';
import { defaultOf, type Field } from './fields';
import { parseInputScaling, scalingPart, type InputScaling, type NetworkInput } from './input-scaling';
import type { LayerKind } from './layer-kind';
import { layerKinds, type LayerKindName, type LayerSpec } from './layers';

// zod's compiled validators need `new Function`, which the page's content security policy forbids.
z.config({ jitless: true });

/** A network as JSON, in the form that is saved, shared and scripted. */
export interface ModelSpec extends NetworkInput {
  version: 1;
  name: string;
  layers: LayerSpec[];
}

/** A ModelSpec as people write it: fields that are left out get their defaults. */
export interface GivenModelSpec {
  version?: 1;
  name?: string;
  input: readonly [number, number, number];
  inputScaling?: InputScaling;
  layers: readonly { [K in LayerKindName]: { kind: K } & Partial<Extract<LayerSpec, { kind: K }>> }[LayerKindName][];
}

/** The registry entry of a kind, with its exact parameter types erased. */
export function kindOf(name: LayerKindName): LayerKind {
  return layerKinds[name] as unknown as LayerKind;
}

export function isLayerKind(name: unknown): name is LayerKindName {
  return typeof name === 'string' && Object.hasOwn(layerKinds, name);
}

/** Keras-style ids, numbered per kind from the input: conv2d_1, maxPool2d_1, conv2d_2, ... */
export function layerIds(layers: readonly { kind: string }[]): string[] {
  const seen = new Map<string, number>();
  return layers.map(({ kind }) => {
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    return `${kind}_${number}`;
  });
}

/** A layer of the given kind with every field at its default, except those given. */
export function createLayer(kind: LayerKindName, given: Record<string, unknown> = {}): LayerSpec {
  const { fields } = kindOf(kind);
  const layer: Record<string, unknown> = { kind };
  for (const [name, field] of Object.entries(fields))
    layer[name] = given[name] ?? defaultOf(field, { ...given, ...layer }, fields);
  return layer as LayerSpec;
}

/**
 * Checks a spec that comes from outside (a file, a link, a script) and fills in the defaults.
 * Whether the shapes fit together is a separate question, see {@link resolveModel}.
 * @throws PlaygroundError naming layer and field.
 */
export function parseModelSpec(json: unknown): ModelSpec {
  const outer = parsed(specSchema, json, {});
  const { name, input, inputScaling = 'unit' } = outer;
  const scaling = scalingPart(parseInputScaling(inputScaling, input[2]));
  const ids = layerIds(outer.layers);
  const layers = outer.layers.map((layer, i) => parseLayer(layer, at(ids, i)));
  return { version: 1, name, input, ...scaling, layers };
}

const dimension = z.int().min(1).max(1024);
const specSchema = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().max(200).default('Untitled'),
  input: z.tuple([dimension, dimension, dimension]),
  // Checked by `parseInputScaling`, which says in words what is expected.
  inputScaling: z.unknown().optional(),
  layers: z.array(z.looseObject({ kind: z.string() })).max(200),
});

function parseLayer(json: { kind: string }, id: string): LayerSpec {
  if (!isLayerKind(json.kind)) {
    throw new PlaygroundError(`there is no layer kind "${json.kind}".`, {
      where: { layer: id, field: 'kind' },
      remedy: `Known kinds: ${Object.keys(layerKinds).join(', ')}.`,
    });
  }
  return createLayer(json.kind, parsed(layerSchema(json.kind), json, { layer: id }));
}

const layerSchemas = new Map<LayerKindName, z.ZodType<Record<string, unknown>>>();

/** Made only once for each kind, because making a schema takes far longer than checking a layer. */
function layerSchema(kind: LayerKindName): z.ZodType<Record<string, unknown>> {
  const known = layerSchemas.get(kind);
  if (known) return known;
  const entries = Object.entries(kindOf(kind).fields).map(
    ([name, field]) => [name, fieldSchema(field).optional()] as const,
  );
  const schema = z.strictObject({ kind: z.string(), ...Object.fromEntries(entries) });
  layerSchemas.set(kind, schema);
  return schema;
}

/** The zod schema of one field's value. */
export function fieldSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'integer':
      return z.int().min(field.min).max(field.max);
    case 'number':
      return z.number().min(field.min).max(field.max);
    case 'pair': {
      const part = z.int().min(field.min).max(field.max);
      return z.tuple([part, part]);
    }
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(field.options);
    case 'layer':
      return z.string().max(100);
    case 'shape':
      return z.array(z.int().min(field.min).max(field.max)).min(1).max(3);
    case 'margins': {
      const side = z.int().min(field.min).max(field.max);
      return z.tuple([z.tuple([side, side]), z.tuple([side, side])]);
    }
    default:
      return field satisfies never;
  }
}

function parsed<T>(schema: z.ZodType<T>, json: unknown, where: { layer?: string }): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = at(result.error.issues, 0);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? (issue.path.join('.') || undefined);
  throw new PlaygroundError(unknown ? 'there is no such field.' : `${issue.message}.`, { where: { ...where, field } });
}
