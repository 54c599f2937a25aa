import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET, presets } from '../../../model/presets';
import { DEFAULT_SETTINGS } from '../../../model/settings';
import { parseDocument, type PlaygroundDocument } from './document';
import { packWeights, unpackWeights } from './packed-weights';
import { parseJson } from './parse-json';
import { linkTo, LONGEST_LINK, readLink } from './share-link';

const whole: PlaygroundDocument = {
  format: 'cnn-playground',
  version: 1,
  model: DEFAULT_PRESET.spec,
  bypassed: [1],
  settings: { ...DEFAULT_SETTINGS, batchSize: 32 },
  dataset: 'generated',
};

describe('a document', () => {
  it('comes back as it was saved', async () => {
    const weights = { dense_1: { weight: { shape: [2, 3], data: Float32Array.of(1, -2, 3e-30, 4e30, 0, -0) } } };
    const saved = { ...whole, step: 12, weights: await packWeights(weights) };
    const opened = parseDocument(JSON.parse(JSON.stringify(saved)));
    expect(opened).toEqual(saved);
    expect(await unpackWeights(opened.weights!)).toEqual(weights);
  });

  it('may be a bare network', () => {
    const opened = parseDocument({ input: [28, 28, 1], layers: [{ kind: 'flatten' }] });
    expect(opened).toEqual({
      format: 'cnn-playground',
      version: 1,
      model: { version: 1, name: 'Untitled', input: [28, 28, 1], layers: [{ kind: 'flatten' }] },
    });
  });

  const broken: [string, unknown, RegExp][] = [
    ['no network', { hello: 1 }, /net\.json: it holds no network.*Choose a file/],
    ['nothing', null, /holds no network/],
    ['a later version', { ...whole, version: 2 }, /later version.*format 2.*Load the page again/],
    ['an unknown field', { ...whole, extra: 1 }, /extra, net\.json: there is no such field/],
    ['a wrong data set', { ...whole, dataset: 'cifar' }, /dataset, net\.json/],
    [
      'a wrong layer',
      { ...whole, model: { ...whole.model, layers: [{ kind: 'conv2d', filters: 0 }] } },
      /conv2d_1, filters, net\.json/,
    ],
    ['a wrong setting', { ...whole, settings: { batchSize: -1 } }, /batchSize, net\.json/],
    [
      'weights of another form',
      { ...whole, weights: { dense_1: { bias: [1, 2] } } },
      /weights\.dense_1\.bias, net\.json/,
    ],
  ];
  it.each(broken)('that is %s says what is wrong and where', (_, json, message) => {
    expect(() => parseDocument(json, 'net.json')).toThrow(message);
  });

  it('with damaged weights names the tensor', async () => {
    const tensor = (shape: number[], data: string) => unpackWeights({ dense_1: { bias: { shape, data } } });
    await expect(tensor([2], 'AAAAAA==')).rejects.toThrow(/dense_1, bias: there are 4 bytes for 2 numbers/);
    await expect(tensor([2], '???')).rejects.toThrow(/dense_1, bias: the numbers are not base64/);
  });

  it('packs a tensor that takes several parts', async () => {
    const data = Float32Array.from({ length: 30_001 }, (_, i) => Math.sin(i));
    const packed = await packWeights({ dense_1: { weight: { shape: [30_001], data } } });
    expect((await unpackWeights(packed)).dense_1!.weight!.data).toEqual(data);
  });
});

describe('a text that is no JSON', () => {
  const cases: [string, number][] = [
    ['{\n"a": 1,\n"b": }\n', 3],
    ['{\n"a": 1\n"b": 2}', 3],
    ['{\n"a": [1,\n2,\n],\n"b": 2}', 4],
    ['{"a": "x",\n b: 2}', 2],
    ['{"a": {}\n', 2],
    ['[1, 2]\n\n{}', 3],
    ['{"a" 1}', 1],
    ['{\n"a": "bad\nline"}', 2],
    ['["a":\n1]', 1],
    ['{"a": 01}', 1],
  ];
  it.each(cases)('%j names its line', (text, line) => {
    expect(() => parseJson(text, 'net.json')).toThrow(`net.json: line ${line} is not valid JSON.`);
  });

  it.each([
    ['', /^net\.json: it is empty\. Choose a file/],
    [' \n', /it is empty/],
    ['hello', /it is not JSON.*Choose a file/],
    ['PK\u0003\u0004', /it is not JSON/],
    ['1\0\0\0', /it is not JSON/],
  ])('%j is said not to be JSON at all', (text, message) => {
    expect(() => parseJson(text, 'net.json')).toThrow(message);
  });

  it('is told from one that is', () => {
    expect(parseJson('{"a": [1, -2.5e3, "x\\n\\u0041", true, null, {}, []]}')).toEqual({
      a: [1, -2500, 'x\nA', true, null, {}, []],
    });
  });
});

describe('a link', () => {
  const page = 'https://example.org/play/?backend=cpu#old';
  const hashOf = (link: string) => link.slice(link.indexOf('#'));

  it('holds network and settings, of every network of the gallery within the limit', async () => {
    for (const { spec, settings } of presets) {
      const document = { ...whole, model: spec, settings: { ...DEFAULT_SETTINGS, ...settings } };
      const link = await linkTo(document, page);
      expect(link).toMatch(/^https:\/\/example\.org\/play\/\?backend=cpu#m=1\.[\w-]+$/);
      expect(link.length).toBeLessThan(LONGEST_LINK);
      expect(await readLink(hashOf(link))).toEqual(document);
    }
  });

  it('made before networks had an input scaling opens unchanged, byte for byte', async () => {
    const old =
      '#m=1.VZA9q8JQDIb_yiXzEeydpKNOgquTOIQ2LcFzEslJRS3970YHQciQvMmTrxkGtYIOLXQiq2vGx2g6SQ8JbmSVVaBtEhTtKUM' +
      '7_4iChQI86MjVufszGo3qJ52A5TpF29P_JoU15wTRO-CQZrhwTGhhyOhOAkv6Sj1JpcAnYY_aZh1upS1jBG4TJcDO-Yb-WQKqDl7' +
      'wHsCFTCjvA2PM_CSL7JjV1I_C7yO_NTuV6iix3Ho5Lwl6dKz0fkGROASWFw';
    const { model, ...rest } = await readLink(old);
    expect(rest).toEqual({ format: 'cnn-playground', version: 1, dataset: 'mnist' });
    expect(JSON.stringify(model)).toBe(
      '{"version":1,"name":"Logistic regression","input":[28,28,1],"layers":[{"kind":"flatten"},{"kind":"dense",' +
        '"units":10,"useBias":true,"activation":"softmax","kernelInitializer":"glorotUniform","kernelConstant":0}]}',
    );
  });

  it('holds the scaling of the input', async () => {
    for (const inputScaling of ['bytes', 'signed', { mean: [0.1307], std: [0.3081] }] as const) {
      const document = { ...whole, model: { ...whole.model, inputScaling } };
      expect(await readLink(hashOf(await linkTo(document, page)))).toEqual(document);
    }
  });

  it('that is damaged, too long or of a later version says so', async () => {
    const good = hashOf(await linkTo(whole, page));
    const cases: [string, RegExp][] = [
      [good.slice(0, -20), /cannot be read: the link is damaged or was cut off.*Ask for the link again/],
      [`${good.slice(0, 30)}AAAA${good.slice(34)}`, /cannot be read/],
      ['#m=', /cannot be read/],
      ['#m=1.', /cannot be read/],
      ['#m=1.***', /cannot be read/],
      ['#m=2.abc', /later version/],
      [`#m=1.${'A'.repeat(LONGEST_LINK)}`, /too long: 8,005 characters/],
      [hashOf(await linkTo({ ...whole, dataset: 'cifar' as 'mnist' }, page)), /cannot be read \(dataset/],
    ];
    for (const [hash, message] of cases) await expect(readLink(hash)).rejects.toThrow(message);
  });

  it('that would swell beyond measure is not unpacked', async () => {
    const bomb = await linkTo({ ...whole, model: { ...whole.model, name: 'x'.repeat(4 * 2 ** 20) } }, page);
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    await expect(readLink(hashOf(bomb))).rejects.toThrow(/far too large/);
  });
});
