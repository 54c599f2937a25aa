import { Modal } from '@mantine/core';
import type { Preset } from '../../model/presets';
import { useModelStore } from '../stores/model-store';
import { usePlayground } from '../use-playground';
import { PresetList } from './preset-list';

/** The gallery in a dialog. Choosing a network takes its training settings too. */
export function PresetDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const name = useModelStore((state) => state.name);
  const playground = usePlayground();
  const choose = (preset: Preset) => {
    const { loadSpec, data } = useModelStore.getState();
    loadSpec({ ...preset.spec, input: data.shape });
    playground.changeSettings(preset.settings);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Networks to start from" size={960} radius="lg" transitionProps={{ duration: 120 }}>
      <PresetList current={name} onChoose={choose} />
    </Modal>
  );
}
