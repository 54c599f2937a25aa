import { DEFAULT_PRESET } from '../../../model/presets';
import { download } from '../../kit/export/download';
import type { Playground } from '../../client/playground-client';
import { useModelStore } from '../../stores/model/model-store';
import { currentDocument, currentDocumentWithWeights } from './current-document';
import type { PlaygroundDocument } from './document';
import { showDocumentProblem, useDocumentStore } from './document-store';
import { fileName } from './file-name';
import { openFile } from './open-document';
import { loadPretrained } from './pretrained';
import { isLink, readLink } from './share-link';

/** The actions of the File menu and its keys. Failures are shown on the page. */
export const fileActions = (playground: Playground) => ({
  /** Loads the default network with fresh weights, for the input shape of the data. */
  create: () => {
    const { loadSpec, data } = useModelStore.getState();
    const settings = { l2: 0, globalClipnorm: 0, ...DEFAULT_PRESET.settings };
    loadSpec({ ...DEFAULT_PRESET.spec, input: data.shape }, { settings, label: 'open the default network' });
  },
  /** Begins with an empty stack, for the input shape of the data. */
  createEmpty: () => {
    const { loadSpec, data } = useModelStore.getState();
    loadSpec({ name: 'My network', input: data.shape, layers: [] }, { label: 'begin an empty network' });
  },
  /** Loads the default network as it was on the first visit. */
  openPretrained: () =>
    shown(async () => {
      const found = await loadPretrained();
      if (!found) throw new Error('The pre-trained weights could not be loaded. Try again when you are online.');
      const { create } = fileActions(playground);
      await playground.pause();
      create();
      await playground.applyModel(true, found.start);
    }),
  open: (file: File) => shown(() => openFile(playground, file)),
  save: () => shown(async () => offer(currentDocument())),
  saveWithWeights: () => shown(async () => offer(await currentDocumentWithWeights(playground))),
  /** Opens the network of a link that was put into the address bar while the page was open. */
  openAddress: () =>
    shown(async () => {
      const { hash } = location;
      if (!isLink(hash)) return;
      await readLink(hash).catch((error: unknown) => {
        history.replaceState(null, '', location.pathname + location.search);
        throw error;
      });
      // The reload opens the link as on any visit: the network of the link replaces the stored
      // page, and a banner offers the way back.
      location.reload();
    }),
  share: () => useDocumentStore.setState({ sharing: true }),
});

export type FileActions = ReturnType<typeof fileActions>;

function offer(document: PlaygroundDocument): void {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  download(new Blob([text], { type: 'application/json' }), fileName(document.model.name));
}

async function shown(work: () => Promise<void>): Promise<void> {
  useDocumentStore.setState({ problem: null });
  await work().catch(showDocumentProblem);
}
