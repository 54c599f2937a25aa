import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { formatExact } from '../../kit/words/format';
import { Dialog } from '../../kit/dialog';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import { currentDocument } from './current-document';
import { showDocumentProblem } from './document-store';
import classes from './document.module.css';
import { fileActions } from './file-actions';
import { linkTo, LONGEST_LINK } from './share-link';

/** Shows the network as a link to copy, or offers a file if it is too large for one. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const [link, setLink] = useState('');
  useEffect(() => {
    let gone = false;
    linkTo(currentDocument(), location.href).then(
      (found) => gone || setLink(found),
      (error: unknown) => {
        showDocumentProblem(error);
        onClose();
      },
    );
    return () => void (gone = true);
  }, [onClose]);
  return (
    <Dialog opened onClose={onClose} title="Share this network" size={560}>
      <div className={classes.share}>
        {link.length > LONGEST_LINK ? <TooLong length={link.length} onClose={onClose} /> : <Link link={link} />}
      </div>
    </Dialog>
  );
}

function Link({ link }: { link: string }) {
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <>
      <div className={classes.linkRow}>
        <TextInput
          className={classes.link}
          label="Link"
          readOnly
          data-autofocus
          description="Holds the network, its training settings and the data set, not the weights"
          value={link}
          placeholder="Packing the network…"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Tooltip label="Puts the link into the clipboard">
          <Button
            disabled={!link}
            leftSection={clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={() => clipboard.copy(link)}
            miw={116}
          >
            {clipboard.copied ? 'Copied' : 'Copy link'}
          </Button>
        </Tooltip>
      </div>
      <p className={classes.shareNote} role="status">
        {clipboard.error
          ? 'This browser does not let the page copy: select the link and copy it with Ctrl C.'
          : clipboard.copied
            ? 'The link is in the clipboard.'
            : `${formatExact(link.length)} characters.`}
      </p>
    </>
  );
}

function TooLong({ length, onClose }: { length: number; onClose: () => void }) {
  const playground = usePlayground();
  const { save } = useMemo(() => fileActions(playground), [playground]);
  const [now, most] = [length, LONGEST_LINK].map((n) => formatExact(n));
  return (
    <>
      <p className={classes.shareNote}>
        The link would have {now} characters; beyond {most}, mail programs and chats cut them off. Share the network as
        a file instead: the person who gets it drops it on this page.
      </p>
      <Tooltip label="Network, settings and data set, without the weights">
        <Button leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => void save().then(onClose)}>
          Save as a file
        </Button>
      </Tooltip>
    </>
  );
}
