import { memo, useMemo, useState } from 'react';
import { at } from '../../../../at';
import { formatExact, formatNumber, formatPercent } from '../../../kit/words/format';
import { SUBJECTS } from '../../../../data/subjects';
import { classNameOf, oneOf } from '../../../kit/words/class-words';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { useInspectorStore } from '../../../stores/inspector-store';
import { useImageStore } from '../../../stores/image-store';
import { useModelStore } from '../../../stores/model/model-store';
import { useRunStore } from '../../../stores/run-store';
import { GalleryFilters, GalleryPages } from './gallery-filters';
import { galleryRows, isRight, type GalleryChoice } from './gallery-rows';
import classes from './test.module.css';
import { useTestStore, type Found } from './test-store';
import { Tile, TILE_HELP_ID } from './tile';
import { useImages } from './use-images';
import { useRoving } from './use-roving';

const PAGE_SIZE = 60;

/**
 * The images of a split with the network's answers, filtered and sorted, a page at a time. A click
 * chooses an image for the whole page.
 */
export function Gallery({ found }: { found: Found }) {
  const choice = useTestStore((state) => state.choice);
  const page = useTestStore((state) => state.page);
  const turnTo = useTestStore((state) => state.turnTo);
  const { classNames } = useDatasetFacts();
  const rows = useMemo(() => galleryRows(found, choice), [found, choice]);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
  const at = Math.min(page, pages - 1);
  const shown = useMemo(() => rows.slice(at * PAGE_SIZE, (at + 1) * PAGE_SIZE), [rows, at]);
  return (
    <section aria-labelledby="gallery-heading">
      <h3 id="gallery-heading" className={classes.heading}>
        Images
      </h3>
      <div className={classes.filters}>
        <GalleryFilters />
        <GalleryPages
          first={at * PAGE_SIZE}
          shown={shown.length}
          count={rows.length}
          page={at}
          pages={pages}
          onTurn={turnTo}
        />
      </div>
      {shown.length > 0 ? (
        <Tiles found={found} rows={shown} />
      ) : (
        <p className={classes.nothing}>{nothingWords(choice, classNames)}</p>
      )}
    </section>
  );
}

function nothingWords({ actual, predicted, outcome }: GalleryChoice, names: readonly string[]): string {
  const kind = outcome === 'all' ? 'image' : outcome === 'right' ? 'right answer' : 'mistake';
  const of = actual === null ? '' : ` of ${classNameOf(names, actual)}`;
  const takenFor = predicted === null ? '' : ` taken for ${classNameOf(names, predicted)}`;
  return `There is no ${kind}${of}${takenFor}.`;
}

/** Chooses an image for the whole page. The inspector needs a selected layer to show it in. */
function look(split: Found['split'], row: number): void {
  useImageStore.getState().chooseRow(split, row);
  const { selected, layers, select } = useModelStore.getState();
  const shown = layers.filter(({ bypassed }) => !bypassed);
  const layer =
    shown.find(({ spec }) => spec.kind === 'conv2d') ?? shown.find(({ spec }) => spec.kind === 'dense') ?? shown.at(0);
  if (!selected && layer) select(layer.uid);
  // Weights and kernels are the same for every image, so the inspector switches to a tab that shows
  // the image.
  const { tab, showTab } = useInspectorStore.getState();
  if (tab !== 'maps' && tab !== 'unit') showTab('maps');
}

const Tiles = memo(function Tiles({ found, rows }: { found: Found; rows: readonly number[] }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const images = useImages(found.split, rows);
  const dataset = useRunStore((state) => state.dataset);
  const { classNames, shows } = useDatasetFacts();
  const chosen = useImageStore(({ source, row }) => (source === 'dataset' && row.split === found.split ? row.row : -1));
  const { around, tabIndexOf } = useRoving(rows.length);
  if (!dataset) return null;
  return (
    <>
      <p className={classes.pointed}>
        {pointed !== null && pointed < found.labels.length
          ? wordsOn(found, pointed, classNames)
          : `✓ right, ✗ true ${SUBJECTS[shows].class} → what the network says, and its score.`}{' '}
        <span id={TILE_HELP_ID}>Press an image to inspect it.</span>
      </p>
      <div
        className={classes.tiles}
        role="group"
        aria-label="Images of the gallery"
        {...around}
        onPointerLeave={() => setPointed(null)}
      >
        {rows.map((row, i) => (
          <Tile
            key={row}
            row={row}
            actual={at(found.labels, row)}
            predicted={at(found.predicted, row)}
            right={isRight(found, row)}
            confidence={at(found.confidence, row)}
            pixels={images.get(row) ?? null}
            height={dataset.height}
            width={dataset.width}
            channels={dataset.channels}
            chosen={row === chosen}
            tabIndex={tabIndexOf(i)}
            onPoint={setPointed}
            onLook={(at) => look(found.split, at)}
          />
        ))}
      </div>
    </>
  );
});

function wordsOn(found: Found, row: number, names: readonly string[]): string {
  const { labels, predicted, confidence, loss } = found;
  const taken = isRight(found, row) ? 'recognised' : `taken for ${classNameOf(names, at(predicted, row))}`;
  const score = formatPercent(at(confidence, row));
  const answer = `${taken}, score ${score}, loss ${formatNumber(at(loss, row))}`;
  return `Image ${formatExact(row + 1)}: ${oneOf(names, at(labels, row))}, ${answer}.`;
}
