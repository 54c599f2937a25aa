import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMathFunction } from '@tabler/icons-react';
import { memo, Suspense, useRef, useState } from 'react';
import { lazyDialog } from '../../parts/lazy-dialog';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';

// Loaded when the dialog is first opened.
const CheckDialog = lazyDialog(() => import('./check-dialog').then(({ CheckDialog }) => CheckDialog));

/** A button that starts a gradient check and shows its result. */
export const CheckButton = memo(function CheckButton() {
  const playground = usePlayground();
  const [opened, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const ready = useRunStore((state) => state.backend !== null);
  const check = () =>
    void import('./run-check')
      .then(({ runGradientCheck }) => runGradientCheck(playground))
      .catch(playground.showProblem);
  const show = () => {
    setWanted(true);
    open();
    check();
  };
  const hide = () => {
    close();
    // The dialog mounts already open, so it does not know what had the focus before.
    button.current?.focus();
  };
  return (
    <>
      <Tooltip label="Are they right? Compares every layer's gradients with differences of the loss">
        <Button
          ref={button}
          size="compact-xs"
          variant="default"
          disabled={!ready}
          leftSection={<IconMathFunction size={13} stroke={1.8} aria-hidden />}
          onClick={show}
        >
          Check gradients
        </Button>
      </Tooltip>
      <Suspense>{wanted && <CheckDialog opened={opened} onClose={hide} onCheck={check} />}</Suspense>
    </>
  );
});
