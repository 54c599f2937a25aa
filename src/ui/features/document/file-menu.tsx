import { Button, Menu } from '@mantine/core';
import {
  IconDeviceFloppy,
  IconFile,
  IconFileDatabase,
  IconFilePlus,
  IconFolderOpen,
  IconLink,
  IconSchool,
  IconStack,
} from '@tabler/icons-react';
import { Suspense, useCallback, useMemo, useRef } from 'react';
import { MenuEntry } from '../../kit/menu-entry';
import { lazyDialog } from '../../parts/lazy-dialog';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import { useDocumentStore } from './document-store';
import classes from './document.module.css';
import { fileActions } from './file-actions';
import { PRETRAINED_ON } from './pretrained';
import { useFileDrop, useFileKeys } from './use-file-keys';

const ShareDialog = lazyDialog(() => import('./share-dialog').then(({ ShareDialog }) => ShareDialog));

/** The menu for saving, sharing and opening networks. */
export function FileMenu() {
  const playground = usePlayground();
  const actions = useMemo(() => fileActions(playground), [playground]);
  const picker = useRef<HTMLInputElement>(null);
  const chooseFile = useCallback(() => picker.current?.click(), []);
  const dragging = useFileDrop(actions);
  const button = useRef<HTMLButtonElement>(null);
  const stopSharing = useCallback(() => {
    useDocumentStore.setState({ sharing: false });
    // The focus was in the menu, which is gone.
    button.current?.focus();
  }, []);
  const sharing = useDocumentStore((state) => state.sharing);
  useFileKeys(actions, chooseFile);
  return (
    <>
      <Menu position="bottom-end" width={304} radius="lg" shadow="lg">
        <Tooltip label="New, open, save and share">
          <Menu.Target>
            <Button
              ref={button}
              variant="default"
              size="sm"
              className={classes.fileButton}
              leftSection={<IconFile size={16} aria-hidden />}
            >
              <span className={classes.fileText}>File</span>
            </Button>
          </Menu.Target>
        </Tooltip>
        <Menu.Dropdown>
          <MenuEntry
            Icon={IconFilePlus}
            label="New"
            help="The default network, fresh weights"
            onClick={actions.create}
          />
          <MenuEntry
            Icon={IconStack}
            label="New, empty"
            help="No layers: build your own"
            onClick={actions.createEmpty}
          />
          <MenuEntry
            Icon={IconSchool}
            label="Pre-trained network"
            help={`The default network, trained on ${PRETRAINED_ON}`}
            onClick={actions.openPretrained}
          />
          <MenuEntry
            Icon={IconFolderOpen}
            label="Open…"
            keys="Ctrl O"
            help="Or drop a file on the page"
            onClick={chooseFile}
          />
          <Menu.Divider />
          <MenuEntry
            Icon={IconDeviceFloppy}
            label="Save"
            keys="Ctrl S"
            help="Network, settings, data set"
            onClick={actions.save}
          />
          <MenuEntry
            Icon={IconFileDatabase}
            label="Save with weights"
            help="To go on from here another time"
            onClick={actions.saveWithWeights}
          />
          <MenuEntry Icon={IconLink} label="Share link…" help="The network in an address" onClick={actions.share} />
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Network to open"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Lets the user choose the same file again.
          currentTarget.value = '';
          if (file) void actions.open(file);
        }}
      />
      {dragging && <div className={classes.drop}>Drop the file to open its network</div>}
      <Suspense>{sharing && <ShareDialog onClose={stopSharing} />}</Suspense>
    </>
  );
}
