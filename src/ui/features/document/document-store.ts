import { create } from 'zustand';
import { reportOf, type ErrorReport } from '../../../errors';

/** The messages about files, links and the browser's storage. */
export interface DocumentStore {
  problem: ErrorReport | null;
  /** Why a reload will not find the present page; reported once. */
  storage: ErrorReport | null;
  /** Goes back to the page of the last visit after a link has replaced it; null if no link has. */
  back: (() => Promise<void>) | null;
  /**
   * Whether the page is about to be reloaded from the storage. Nothing may overwrite the storage
   * then.
   */
  leaving: boolean;
  /** Whether the dialog with the link to this network is open. */
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
