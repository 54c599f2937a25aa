import { Menu } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './menu-entry.module.css';

interface MenuEntryProps {
  Icon: Icon;
  label: string;
  /** What it does, in a line below the name. */
  help: string;
  keys?: string;
  onClick: () => unknown;
}

/** A command in a menu, with a line that says what it does. */
export function MenuEntry({ Icon, label, help, keys, onClick }: MenuEntryProps) {
  const helpId = useId();
  return (
    <Menu.Item
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      rightSection={keys && <kbd className={classes.keys}>{keys}</kbd>}
      aria-label={label}
      aria-describedby={helpId}
      onClick={() => void onClick()}
    >
      {label}
      <span id={helpId} className={classes.help}>
        {help}
      </span>
    </Menu.Item>
  );
}
