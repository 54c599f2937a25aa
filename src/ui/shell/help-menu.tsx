import { ActionIcon, Menu } from '@mantine/core';
import { IconBook, IconHelp, IconInfoCircle, IconKeyboard, IconRoute, IconTerminal2 } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { MenuEntry } from '../kit/menu-entry';
import { useViewStore } from '../stores/view-store';
import { Tooltip } from '../kit/tooltip';
import { STOPS } from '../features/tour/stops';
import { useTourStore } from '../features/tour/tour-store';
import type { HelpTopic } from './help-dialogs';
import { lazyDialog } from '../parts/lazy-dialog';

const HelpDialog = lazyDialog(() => import('./help-dialogs').then(({ HelpDialog }) => HelpDialog));

/** The menu with everything that explains the page, behind a question mark. */
export function HelpMenu() {
  const [topic, setTopic] = useState<HelpTopic | null>(null);
  const startTour = useTourStore((state) => state.start);
  const show = useViewStore((state) => state.show);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setTopic(null);
    // The dialog mounts already open, so it does not know what had the focus before.
    button.current?.focus();
  };
  return (
    <>
      <Menu position="bottom-end" shadow="lg" radius="lg" width={288}>
        {/* The tooltip is outside the menu's target. The menu marks its child as expanded, and a
            tooltip inside would not pass that mark on to the button. */}
        <Tooltip label="Help: tour, guide, keys">
          <Menu.Target>
            <ActionIcon ref={button} size={32} aria-label="Help" data-tour-home>
              <IconHelp size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
        </Tooltip>
        <Menu.Dropdown aria-label="Help">
          <MenuEntry
            Icon={IconRoute}
            label="Tour of the page"
            help={`${STOPS.length} stops, one minute`}
            onClick={startTour}
          />
          <MenuEntry
            Icon={IconBook}
            label="Guide: from pixels to gradients"
            help="How it all works, on this network"
            onClick={() => show('guide')}
          />
          <MenuEntry
            Icon={IconKeyboard}
            label="Keyboard shortcuts"
            help="What the keys do on this page"
            onClick={() => setTopic('keys')}
          />
          <MenuEntry
            Icon={IconTerminal2}
            label="Numbers and scripts"
            help="Every call of window.playground"
            onClick={() => setTopic('console')}
          />
          <MenuEntry
            Icon={IconInfoCircle}
            label="About, data and licence"
            help="What this is, and where the images come from"
            onClick={() => setTopic('about')}
          />
        </Menu.Dropdown>
      </Menu>
      <Suspense>{topic && <HelpDialog topic={topic} onClose={close} />}</Suspense>
    </>
  );
}
