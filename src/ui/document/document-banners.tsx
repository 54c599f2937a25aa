import { CloseButton } from '@mantine/core';
import { IconFileAlert, IconDatabaseOff } from '@tabler/icons-react';
import { Banner } from '../shell/banner';
import { withPlace } from '../sentence';
import { useDocumentStore } from './document-store';

/** Why a file or a link could not be opened, and that this browser keeps nothing. */
export function DocumentBanners() {
  const problem = useDocumentStore((state) => state.problem);
  const storage = useDocumentStore((state) => state.storage);
  const dismiss = (name: 'problem' | 'storage') => (
    <CloseButton size="sm" aria-label="Dismiss" onClick={() => useDocumentStore.setState({ [name]: null })} />
  );
  return (
    <>
      {problem && (
        <Banner tone="danger" role="alert" icon={<IconFileAlert size={18} />} action={dismiss('problem')}>
          <strong>Not opened.</strong> {withPlace(problem)}
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
