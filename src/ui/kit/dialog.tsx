import { Modal, type ModalRootProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Tooltip } from './tooltip';

interface DialogProps extends Pick<ModalRootProps, 'opened' | 'onClose' | 'size' | 'returnFocus'> {
  title: ReactNode;
  children: ReactNode;
}

/** A titled dialog over the page. */
export function Dialog({ title, children, ...root }: DialogProps) {
  return (
    <Modal.Root radius="lg" transitionProps={{ duration: 120 }} {...root}>
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content radius="lg">
        <Modal.Header>
          <Modal.Title className="modal-title">{title}</Modal.Title>
          <Tooltip label="Close (Esc)">
            <Modal.CloseButton aria-label="Close" />
          </Tooltip>
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
