import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutGrid } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useModelStore } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import { lazyDialog } from '../../parts/lazy-dialog';
import classes from './preset-gallery.module.css';

const PresetDialog = lazyDialog(() => import('./preset-dialog').then(({ PresetDialog }) => PresetDialog));

/** A button with the network's name, which opens the gallery of networks. */
export function PresetGallery() {
  const [opened, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const name = useModelStore((state) => state.name);
  const button = useRef<HTMLButtonElement>(null);
  const show = () => {
    setWanted(true);
    open();
  };
  const hide = () => {
    close();
    // The dialog mounts already open, so it does not know what had the focus before.
    button.current?.focus();
  };
  return (
    <>
      <Tooltip label="Choose another network">
        <Button
          ref={button}
          variant="default"
          size="sm"
          leftSection={<IconLayoutGrid size={16} />}
          onClick={show}
          aria-label={`Networks: ${name}`}
        >
          <span className={classes.name}>{name}</span>
        </Button>
      </Tooltip>
      <Suspense>{wanted && <PresetDialog opened={opened} onClose={hide} />}</Suspense>
    </>
  );
}
