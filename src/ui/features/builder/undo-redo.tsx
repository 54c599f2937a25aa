import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useModelStore } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import { redo, undo } from './commands';

/**
 * Undo and redo for changes of network and settings; each button names the change it would undo or
 * redo.
 */
export function UndoRedo() {
  const last = useModelStore((state) => state.past.at(-1)?.label);
  const next = useModelStore((state) => state.future.at(0)?.label);
  return (
    <>
      <HistoryButton name="Undo" keys="Ctrl+Z" label={last} Icon={IconArrowBackUp} act={undo} />
      <HistoryButton name="Redo" keys="Ctrl+Shift+Z" label={next} Icon={IconArrowForwardUp} act={redo} />
    </>
  );
}

interface HistoryButtonProps {
  name: 'Undo' | 'Redo';
  keys: string;
  /** The change that it would undo or redo, if there is one. */
  label: string | undefined;
  Icon: typeof IconArrowBackUp;
  act: () => void;
}

/**
 * The button is not `disabled` at the end of the history: it would lose the focus with the last
 * step.
 */
function HistoryButton({ name, keys, label, Icon, act }: HistoryButtonProps) {
  return (
    <Tooltip className={classes.tip} label={label ? `${name}: ${label} (${keys})` : `Nothing to ${name.toLowerCase()}`}>
      <ActionIcon aria-label={name} aria-disabled={!label} data-disabled={!label || undefined} onClick={act}>
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
