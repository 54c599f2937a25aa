import type { Preset } from '../../../model/presets';
import { useModelStore } from '../../stores/model/model-store';
import { Dialog } from '../../kit/dialog';
import { PresetList } from './preset-list';

/** The gallery in a dialog. Choosing a network also applies its training settings. */
export function PresetDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const name = useModelStore((state) => state.name);
  const choose = (preset: Preset) => {
    const { loadSpec, data } = useModelStore.getState();
    // Settings against overfitting or exploding gradients of an earlier network do not carry over.
    const settings = { l2: 0, globalClipnorm: 0, ...preset.settings };
    loadSpec({ ...preset.spec, input: data.shape }, { settings, label: `open ${preset.title}` });
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Networks to start from" size={960}>
      <PresetList current={name} onChoose={choose} />
    </Dialog>
  );
}
