import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconFileAlert, IconDatabaseOff, IconLink } from '@tabler/icons-react';
import { Banner } from '../../kit/banner';
import { DismissButton } from '../../kit/dismiss-button';
import { withPlace } from '../../kit/words/sentence';
import { Tooltip } from '../../kit/tooltip';
import { showDocumentProblem, useDocumentStore } from './document-store';

/**
 * Banners that say why a file or a link could not be opened, offer the way back from a link, and
 * warn that this browser stores nothing.
 */
export function DocumentBanners() {
  const problem = useDocumentStore((state) => state.problem);
  const storage = useDocumentStore((state) => state.storage);
  const back = useDocumentStore((state) => state.back);
  const dismiss = (name: 'problem' | 'storage' | 'back') => (
    <DismissButton onClick={() => useDocumentStore.setState({ [name]: null })} />
  );
  return (
    <>
      {problem && (
        <Banner tone="danger" role="alert" icon={<IconFileAlert size={18} />} action={dismiss('problem')}>
          <strong>Not opened.</strong> {withPlace(problem)}
        </Banner>
      )}
      {back && (
        <Banner
          tone="info"
          role="status"
          icon={<IconLink size={18} />}
          action={<GoBack back={back} close={dismiss('back')} />}
        >
          <strong>Opened the network of the link.</strong> Yours is kept as you left it until you close this message.
        </Banner>
      )}
      {storage && (
        <Banner tone="warning" role="status" icon={<IconDatabaseOff size={18} />} action={dismiss('storage')}>
          {withPlace(storage)}
        </Banner>
      )}
    </>
  );
}

function GoBack({ back, close }: { back: () => Promise<void>; close: ReactNode }) {
  return (
    <>
      <Tooltip label="Opens the network that was here before the link, with its weights">
        <Button size="compact-sm" variant="default" onClick={() => void back().catch(showDocumentProblem)}>
          Back to mine
        </Button>
      </Tooltip>
      {close}
    </>
  );
}
