import { Button, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutGrid } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useModelStore } from '../stores/model-store';
import classes from './preset-gallery.module.css';

const PresetDialog = lazy(() => import('./preset-dialog').then((module) => ({ default: module.PresetDialog })));

/** The network's name, and the gallery of networks with a history behind it. */
export function PresetGallery() {
  const [opened, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const name = useModelStore((state) => state.name);
  const show = () => {
    setWanted(true);
    open();
  };
  return (
    <>
      <Tooltip label="Choose another network">
        <Button variant="default" size="sm" leftSection={<IconLayoutGrid size={16} />} onClick={show} aria-label={`Networks: ${name}`}>
          <span className={classes.name}>{name}</span>
        </Button>
      </Tooltip>
      <Suspense>{wanted && <PresetDialog opened={opened} onClose={close} />}</Suspense>
    </>
  );
}
