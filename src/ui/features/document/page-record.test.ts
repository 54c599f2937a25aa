import { expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../model/presets';
import { DEFAULT_SETTINGS } from '../../../model/settings';
import { readPage, writePage, type PageRecord } from './page-record';
import { runKey } from './run-record';

const { name, input, layers } = DEFAULT_PRESET.spec;
const stack = { name, input, layers: layers.map((spec, i) => ({ uid: `layer${i}`, spec })) };
const record: PageRecord = {
  document: {
    format: 'cnn-playground',
    version: 1,
    model: DEFAULT_PRESET.spec,
    settings: DEFAULT_SETTINGS,
    dataset: 'mnist',
    bypassed: [2],
  },
  view: 'gradients',
  part: 'predict',
  strokes: [{ tool: 'pen', points: [1, 2, 24] }],
  drawing: true,
  history: {
    uids: ['a', 'b'],
    selected: 'b',
    past: [{ label: 'add Dense', snapshot: { ...stack, settings: DEFAULT_SETTINGS } }],
    future: [],
  },
  run: { id: 'a', step: 12, liveChanges: [{ step: 5, settings: { learningRate: 0.1 } }] },
};

function storage(text: string | null = null) {
  let kept = text;
  return {
    place: () => ({ getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }),
    text: () => kept!,
  };
}

it('reads the page as it was written', () => {
  const { place } = storage();
  expect(readPage(place)).toBeNull();
  writePage(place, record);
  expect(readPage(place)).toMatchObject(record);
});

it('passes over what is broken, foreign or of another version, and storage that is blocked', () => {
  const { place, text } = storage();
  writePage(place, record);
  const written = JSON.parse(text()) as object;
  for (const value of [
    '',
    'x',
    'null',
    '[]',
    JSON.stringify({ ...written, version: 2 }),
    JSON.stringify({ ...written, document: {} }),
  ]) {
    expect(readPage(storage(value).place)).toBeNull();
  }
  const blocked = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  expect(readPage(blocked)).toBeNull();
  expect(() => writePage(blocked, record)).toThrow('insecure');
});

it('passes over a history with a layer that there is no more', () => {
  const { place, text } = storage();
  writePage(place, record);
  const other = storage(text().replace(/("history":.*?"kind":)"conv2d"/, '$1"gone"'));
  expect(readPage(other.place)).toMatchObject({ document: record.document, run: record.run });
  expect(readPage(other.place)!.history).toBeUndefined();
});

it('keeps the network where only what stands around it is broken', () => {
  const { place, text } = storage();
  writePage(place, record);
  const damaged = JSON.stringify({
    ...(JSON.parse(text()) as object),
    view: 'old',
    part: 'x',
    strokes: [[1, 2]],
    drawing: 3,
    run: 7,
  });
  expect(readPage(storage(damaged).place)).toMatchObject({
    document: record.document,
    view: 'train',
    part: undefined,
    strokes: [],
    drawing: false,
    run: 'fresh',
  });
});

it('takes two runs for the same where only the learning rate differs', () => {
  const key = (change: object) => runKey(DEFAULT_PRESET.spec, { ...DEFAULT_SETTINGS, ...change });
  expect(key({ optimizer: { ...DEFAULT_SETTINGS.optimizer, learningRate: 1 } })).toBe(key({}));
  expect(key({ batchSize: 1 })).not.toBe(key({}));
  expect(key({ optimizer: { kind: 'sgd', learningRate: 1 } })).not.toBe(key({}));
});
