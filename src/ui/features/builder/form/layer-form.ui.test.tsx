import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { show } from '../../../kit/show.test-helper';
import { reportFor, useModelStore } from '../../../stores/model/model-store';
import { LayerForm } from './layer-form';

beforeEach(() => {
  useModelStore.getState().fitDataset({ height: 12, width: 12, channels: 1, classes: 3 });
  useModelStore.getState().loadSpec({
    version: 1,
    name: 'A form',
    input: [12, 12, 1],
    layers: [
      { kind: 'conv2d', filters: 4, kernelSize: [3, 3], activation: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  });
});

function Form() {
  const state = useModelStore();
  const uid = state.layers[0]?.uid ?? '';
  const report = reportFor(state, uid);
  return report && <LayerForm uid={uid} report={report} />;
}

const layer = () => useModelStore.getState().layers[0]?.spec;

test('a number that is entered changes the layer, and what follows from it', async () => {
  const screen = await show(<Form />);
  await expect.element(screen.getByText('12×12×1 → 10×10×4')).toBeVisible();
  await screen.getByRole('textbox', { name: 'Filters' }).fill('6');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('12×12×1 → 10×10×6')).toBeVisible();
  expect(layer()).toMatchObject({ kind: 'conv2d', filters: 6 });
});

test('a choice and a switch change it at once, each as a step to undo', async () => {
  const screen = await show(<Form />);
  await screen.getByText('same', { exact: true }).click();
  await expect.element(screen.getByText('12×12×1 → 12×12×4')).toBeVisible();
  await screen.getByRole('switch', { name: 'Bias' }).click();
  expect(layer()).toMatchObject({ padding: 'same', useBias: false });
  useModelStore.getState().undo();
  expect(layer()).toMatchObject({ padding: 'same', useBias: true });
  useModelStore.getState().undo();
  await expect.element(screen.getByText('12×12×1 → 10×10×4')).toBeVisible();
});

test('a kernel that is larger than the image marks its field, and has no output', async () => {
  const screen = await show(<Form />);
  await screen.getByRole('textbox', { name: 'Kernel size, height' }).fill('13');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(screen.getByRole('textbox', { name: 'Kernel size, height' }))
    .toHaveAttribute('aria-invalid', 'true');
  await expect.element(screen.getByText(/→ 10×10×4$/)).not.toBeInTheDocument();
});

test('what is seldom changed is folded, and open where it was changed', async () => {
  const screen = await show(<Form />);
  const dilation = screen.getByRole('textbox', { name: 'Dilation, height' });
  await expect.element(dilation).not.toBeInTheDocument();
  await screen.getByText('More', { exact: true }).click();
  await expect.element(dilation).toBeVisible();
  await dilation.fill('2');
  await userEvent.keyboard('{Enter}');
  await screen.unmount();
  const again = await show(<Form />);
  await expect.element(again.getByRole('textbox', { name: 'Dilation, height' })).toHaveValue('2');
});
