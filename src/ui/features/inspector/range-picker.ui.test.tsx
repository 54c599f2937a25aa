import { beforeEach, expect, test } from 'vitest';
import { show } from '../../kit/show.test-helper';
import { useInspectorStore } from '../../stores/inspector-store';
import { RangePicker } from './range-picker';

beforeEach(() => useInspectorStore.getState().chooseRange('unit'));

test('chooses the range for every picture, and follows a choice made elsewhere', async () => {
  const screen = await show(<RangePicker />);
  await expect.element(screen.getByRole('radiogroup', { name: 'Range of the colours' })).toBeVisible();
  await expect.element(screen.getByRole('radio', { name: 'Unit' })).toBeChecked();
  await screen.getByText('All layers', { exact: true }).click();
  expect(useInspectorStore.getState().range).toBe('all');
  useInspectorStore.getState().chooseRange('layer');
  await expect.element(screen.getByRole('radio', { name: 'Layer', exact: true })).toBeChecked();
});

test('each range says under the pointer what it is good for', async () => {
  const screen = await show(<RangePicker />);
  await screen.getByText('Layer', { exact: true }).hover();
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent('its filters and channels can be compared');
});
