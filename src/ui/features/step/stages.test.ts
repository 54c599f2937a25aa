import { describe, expect, it } from 'vitest';
import { presets } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import { indexOfStage, readersOf, sourceOf, stagesOf, stageTitle } from './stages';

const modelOf = (id: string) => resolveModel(presets.find((preset) => preset.id === id)!.spec);

describe('the stages of a training step', () => {
  it('go down through the layers, back up, and once more through those with weights', () => {
    const model = modelOf('mlp');
    const titles = stagesOf(model).map((stage) => stageTitle(stage, model));
    expect(titles.slice(0, 3)).toEqual(['Input batch', 'Forward: flatten_1', 'Forward: dense_1']);
    const loss = titles.indexOf('Loss');
    expect(titles[loss - 1]!.replace('Forward', 'Backward')).toBe(titles[loss + 1]);
    expect(titles.filter((title) => title.startsWith('Update'))).toEqual(
      model.layers.filter(({ weights }) => weights.length > 0).map(({ id }) => `Update: ${id}`),
    );
  });

  it.each(presets.map(({ id }) => id))('are found again by what they are: %s', (id) => {
    const stages = stagesOf(modelOf(id));
    stages.forEach((stage, i) => expect(indexOfStage(stages, stage)).toBe(i));
    expect(indexOfStage(stages, { kind: 'update', layer: 999 })).toBe(-1);
  });
});

describe('who gives and who takes', () => {
  it('names the layer before and the layer after', () => {
    const model = modelOf('mlp');
    expect(sourceOf(model, 0)).toBe('the input');
    expect(sourceOf(model, 1)).toBe('flatten_1');
    expect(readersOf(model, 0)).toEqual(['dense_1']);
    expect(readersOf(model, model.layers.length - 1)).toEqual([]);
  });

  it('names the layer at the end of a skip connection too', () => {
    const model = modelOf('small-resnet');
    const add = model.layers.findIndex(({ skipFrom }) => skipFrom !== undefined);
    expect(readersOf(model, model.layers[add]!.skipFrom!)).toContain(model.layers[add]!.id);
  });
});
