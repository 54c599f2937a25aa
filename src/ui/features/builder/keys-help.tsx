import { ActionIcon, Popover } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import { STACK_KEYS } from './stack-keys';

/** A button that shows the builder's keyboard shortcuts. */
export function KeysHelp() {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={336} position="bottom-end" trapFocus returnFocus>
      <Tooltip label="What the keys do here" disabled={opened}>
        <Popover.Target>
          <ActionIcon aria-label="Keys of the stack" onClick={() => setOpened(!opened)}>
            <IconKeyboard size={17} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <dl className={classes.keys}>
          {STACK_KEYS.map(([keys, what]) => (
            <div key={keys}>
              <dt>{keys}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
