import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBook, IconHelp, IconInfoCircle, IconKeyboard, IconRoute } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useViewStore } from '../stores/view-store';
import { useTourStore } from '../tour/tour-store';
import { lazyDialog } from './lazy-dialog';

const HelpDialog = lazyDialog(() => import('./help-dialogs').then(({ HelpDialog }) => HelpDialog));

/** Everything that explains the page, behind one question mark. */
export function HelpMenu() {
  const [topic, setTopic] = useState<'keys' | 'about' | null>(null);
  const startTour = useTourStore((state) => state.start);
  const show = useViewStore((state) => state.show);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setTopic(null);
    // A dialog that is made open does not know where the focus was.
    button.current?.focus();
  };
  return (
    <>
      <Menu position="bottom-end" shadow="lg" radius="lg" width={256}>
        {/* The tooltip outside: what it is given itself never reaches the button, and that is where the menu says that it is open. */}
        <Tooltip label="Help: tour, guide, keys">
          <Menu.Target>
            <ActionIcon ref={button} size={32} aria-label="Help" data-tour-home>
              <IconHelp size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
        </Tooltip>
        <Menu.Dropdown aria-label="Help">
          <Menu.Item leftSection={<IconRoute size={16} stroke={1.7} aria-hidden />} onClick={startTour}>
            Tour of the page
          </Menu.Item>
          <Menu.Item leftSection={<IconBook size={16} stroke={1.7} aria-hidden />} onClick={() => show('guide')}>
            Guide: from pixels to gradients
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.7} aria-hidden />} onClick={() => setTopic('keys')}>
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Item leftSection={<IconInfoCircle size={16} stroke={1.7} aria-hidden />} onClick={() => setTopic('about')}>
            About, data and licence
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{topic && <HelpDialog topic={topic} onClose={close} />}</Suspense>
    </>
  );
}
