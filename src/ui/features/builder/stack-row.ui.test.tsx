import { beforeEach, expect, test } from 'vitest';
import { userEvent, type Locator } from 'vitest/browser';
import { show } from '../../kit/show.test-helper';
import { reportFor, useModelStore } from '../../stores/model/model-store';
import classes from './builder.module.css';
import { StackRow } from './stack-row';
import { UndoRedo } from './undo-redo';

const INPUT = { height: 12, width: 12, channels: 1, classes: 3 };
const NETWORK = {
  version: 1,
  name: 'Rows',
  input: [12, 12, 1],
  layers: [
    { kind: 'conv2d', filters: 4, kernelSize: [3, 3], activation: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 3, activation: 'softmax' },
  ],
};

beforeEach(() => {
  useModelStore.getState().fitDataset(INPUT);
  useModelStore.getState().loadSpec(NETWORK);
});

/** The rows of the stack as the page has them, without what drags them. */
function Rows() {
  const layers = useModelStore((state) => state.layers);
  const state = useModelStore();
  return (
    <>
      <UndoRedo />
      {layers.map(({ uid }) => {
        const report = reportFor(state, uid);
        return (
          report && (
            <div key={uid} className={classes.item}>
              <StackRow uid={uid} report={report} selected={state.selected === uid} />
            </div>
          )
        );
      })}
    </>
  );
}

/** The buttons of a row are there for the pointer once it is over the row. */
async function press(button: Locator): Promise<void> {
  const row = button.element().closest(`.${classes.item}`);
  if (row) await userEvent.hover(row);
  await button.click();
}

test('says kind, id, parameters and output shape, and opens and closes its parameters', async () => {
  const screen = await show(<Rows />);
  const row = screen.getByRole('button', { name: /^Conv2D conv2d_1, .*10×10×4$/ });
  await expect.element(row).toHaveAttribute('aria-expanded', 'false');
  await row.click();
  await expect.element(row).toHaveAttribute('aria-expanded', 'true');
  expect(useModelStore.getState().selected).toBe(useModelStore.getState().layers[0]?.uid);
  await row.click();
  await expect.element(row).toHaveAttribute('aria-expanded', 'false');
});

test('a layer that no longer fits says so, and undo makes it well', async () => {
  const screen = await show(<Rows />);
  await press(screen.getByRole('button', { name: 'Remove flatten_1' }));
  await expect.element(screen.getByRole('button', { name: /^Dense dense_1, .*has a problem$/ })).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('button', { name: /^Flatten flatten_1/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Dense dense_1, .*3$/ })).toBeVisible();
});

test('a layer that is switched off keeps its row, has no id, and can be switched on again', async () => {
  const screen = await show(<Rows />);
  await press(screen.getByRole('button', { name: 'Switch off conv2d_1' }));
  const row = screen.getByRole('button', { name: /^Conv2D, off/ });
  await expect.element(row).toBeVisible();
  await press(screen.getByRole('button', { name: 'Switch on Conv2D' }));
  await expect.element(screen.getByRole('button', { name: /^Conv2D conv2d_1/ })).toBeVisible();
});

test('a copy is numbered after its original, and redo brings it back', async () => {
  const screen = await show(<Rows />);
  await press(screen.getByRole('button', { name: 'Duplicate conv2d_1' }));
  const copy = screen.getByRole('button', { name: /^Conv2D conv2d_2, .*8×8×4$/ });
  await expect.element(copy).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(copy).not.toBeInTheDocument();
  const redo = screen.getByRole('button', { name: 'Redo' });
  await redo.click();
  await expect.element(copy).toBeVisible();
  await expect.element(redo).toHaveAttribute('aria-disabled', 'true');
});
