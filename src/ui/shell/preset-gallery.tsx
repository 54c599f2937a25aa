import { Anchor, Button, Modal, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutGrid } from '@tabler/icons-react';
import { presets, type Preset } from '../../model/presets';
import { resolveModel } from '../../model/resolve';
import { FamilyMark } from '../builder/family-mark';
import { formatCount } from '../format';
import { kindOf } from '../../model/spec';
import { useModelStore } from '../stores/model-store';
import { usePlayground } from '../use-playground';
import classes from './preset-gallery.module.css';

/** Networks with a history: where each comes from and what to expect of it. Choosing one takes its training settings too. */
export function PresetGallery() {
  const [opened, { open, close }] = useDisclosure(false);
  const name = useModelStore((state) => state.name);
  const playground = usePlayground();
  const choose = (preset: Preset) => {
    const { loadSpec, data } = useModelStore.getState();
    loadSpec({ ...preset.spec, input: data.shape });
    playground.changeSettings(preset.settings);
    close();
  };
  return (
    <>
      <Tooltip label="Choose another network">
        <Button variant="default" size="sm" leftSection={<IconLayoutGrid size={16} />} onClick={open} classNames={{ label: classes.buttonLabel }}>
          {name}
        </Button>
      </Tooltip>
      <Modal opened={opened} onClose={close} title="Networks to start from" size={960} radius="lg" transitionProps={{ duration: 120 }}>
        <ul className={classes.gallery}>
          {presets.map((preset) => (
            <PresetCard key={preset.id} preset={preset} current={preset.spec.name === name} onChoose={() => choose(preset)} />
          ))}
        </ul>
      </Modal>
    </>
  );
}

function PresetCard({ preset, current, onChoose }: { preset: Preset; current: boolean; onChoose(): void }) {
  const { title, source, expect, link, spec } = preset;
  return (
    <li className={classes.card} data-current={current || undefined}>
      <button type="button" className={classes.choose} onClick={onChoose} aria-label={`Open ${title}`}>
        <span className={classes.title}>
          {title}
          <span className={`${classes.count} numeric`}>{formatCount(resolveModel(spec).parameters)} parameters</span>
        </span>
        <span className={classes.picture} aria-hidden>
          {spec.layers.map((layer, i) => (
            <FamilyMark key={i} family={kindOf(layer.kind).family} />
          ))}
        </span>
        <span className={classes.text}>{source}</span>
        <span className={classes.expect}>{expect}</span>
      </button>
      {link && (
        <Anchor href={link} target="_blank" rel="noreferrer" size="xs" className={classes.link}>
          Where it comes from
        </Anchor>
      )}
    </li>
  );
}
