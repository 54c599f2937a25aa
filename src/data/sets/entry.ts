import type { Dataset, DatasetFacts } from '../dataset';

/** What loading a data set may need. */
export interface LoadContext {
  /** Address of the page, with trailing slash. */
  baseUrl: string;
  /** Ends the loading, which then rejects. */
  signal: AbortSignal;
  /** Share that is there, 0..1, never falling. */
  onProgress(fraction: number): void;
}

/** A data set that the page offers by name. */
export interface DatasetEntry<Id extends string = string> extends DatasetFacts {
  id: Id;
  /** Its name within a sentence: "generated digits". */
  inSentence: string;
  /** What choosing it gets a person, on hover. */
  help: string;
  /** What it is doing while it loads: "Loading MNIST". */
  loading: string;
  /** What stands in where it cannot be had; null where it always can. */
  fallback: DatasetEntry | null;
  /** Whom its images are owed to, for the page's "About"; null where nobody is to be named. */
  credits: Credits | null;
  /**
   * Begins with an `import()`, so that a page that lists the data sets does not load what makes
   * them.
   * @throws PlaygroundError if it cannot be had.
   */
  load(context: LoadContext): Promise<Dataset>;
}

/** "`text`; described in `paper`. `otherwise`" */
export interface Credits {
  text: string;
  paper: { name: string; url: string };
  otherwise: string;
}
