import { create } from 'zustand';
import { reportOf, type ErrorReport } from '../../../errors';

/** What has to be said about files, links and what the browser keeps. */
export interface DocumentStore {
  problem: ErrorReport | null;
  /** Why a reload will not find what is here now; said once. */
  storage: ErrorReport | null;
  /** Goes back to the page of the last visit, which a link has replaced; null where none has. */
  back: (() => Promise<void>) | null;
  /** The page is about to be loaded from what is stored: nothing may be written over that. */
  leaving: boolean;
  /** The dialog with the link to this network. */
  sharing: boolean;
}

export const useDocumentStore = create<DocumentStore>()(() => ({
  problem: null,
  storage: null,
  back: null,
  leaving: false,
  sharing: false,
}));

/** Shows why a file or a link could not be opened. */
export const showDocumentProblem = (error: unknown): void => useDocumentStore.setState({ problem: reportOf(error) });
