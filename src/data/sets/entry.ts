import type { Dataset, DatasetFacts } from '../dataset';

/** What loading a data set may need. */
export interface LoadContext {
  /** Address of the page, with trailing slash. */
  baseUrl: string;
  /** Ends the loading, which then rejects. */
  signal: AbortSignal;
  /** Called with the share that is loaded, 0..1; it never falls. */
  onProgress: (fraction: number) => void;
}

/** A data set that the page offers by name. */
export interface DatasetEntry<Id extends string = string> extends DatasetFacts {
  id: Id;
  /** Its name within a sentence: "generated digits". */
  inSentence: string;
  /** What the user gets by choosing it, shown on hover. */
  help: string;
  /** What the page is doing while it loads: "Loading MNIST". */
  loading: string;
  /** The data set to use if this one cannot be loaded; null if it always can. */
  fallback: DatasetEntry | null;
  /** Who made the images, for the page's "About"; null if nobody has to be named. */
  credits: Credits | null;
  /**
   * Begins with an `import()`, so a page that lists the data sets does not load the code that makes
   * them.
   * @throws PlaygroundError if the images cannot be loaded.
   */
  load: (context: LoadContext) => Promise<Dataset>;
}

/** "`text`; described in `paper`. `otherwise`" */
export interface Credits {
  text: string;
  paper: { name: string; url: string };
  otherwise: string;
}
