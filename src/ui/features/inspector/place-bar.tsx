import { IconPinFilled, IconX } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { at } from '../../../at';
import { receptiveField } from '../../../model/explain/receptive-field';
import { asImage } from '../../../model/reach';
import { channelsOf } from '../../../model/shape';
import { Tooltip } from '../../kit/tooltip';
import { ChosenImage } from './chosen-image';
import { exact, wordsOf } from './explanation-words';
import classes from './inspector.module.css';
import { elementAt, useInspectorStore, type Point } from '../../stores/inspector-store';
import { fieldWords, placeName, windowWords } from './place-words';
import { MOST_BARS } from '../../kit/picture/unit-bars';
import type { Inspected } from './use-inspection';
import { useExplanation } from './use-explanation';

/**
 * Shows the chosen number as one line of arithmetic, beside the image with its receptive field. It
 * sticks to the edge of the scrolling column, so the pixel under the pointer and its result are
 * seen together.
 */
export function PlaceBar({ inspected, point }: { inspected: Inspected; point: Point }) {
  const { uid, layer, upTo, inspection } = inspected;
  const { explanation } = useExplanation(inspected, point);
  const pinned = useInspectorStore((state) => Boolean(state.pinned[uid]));
  const element = elementAt(layer.outputShape, point);
  const field = useMemo(() => receptiveField(upTo, upTo.length - 1, element), [upTo, element]);
  const place = placeName(layer, point);
  const [, imageWidth] = asImage(inspection.image.shape);
  const reads = [windowWords(layer, point), fieldWords(field, imageWidth)].filter(Boolean).join('; ');
  return (
    <section className={classes.place} aria-label="How this number came about" data-pinned={pinned || undefined}>
      <ChosenImage inspected={inspected} field={field} />
      <div className={classes.placeText}>
        <h3 className={classes.placeName}>
          {pinned && <IconPinFilled size={12} aria-hidden />}
          {pinned ? `pinned: ${place}, ` : `${place} `}
          <span className={classes.note}>{hint(pinned, layer.outputShape)}</span>
          {pinned && <LetGo uid={uid} />}
        </h3>
        <p className={classes.equation}>
          <span data-testid="product">{wordsOf(explanation)}</span>{' '}
          <span className={classes.check}>
            The layer put out <b data-testid="product-output">{exact(at(inspection.output.data, element))}</b>
          </span>
        </p>
        <p className={classes.reads}>{reads}</p>
      </div>
    </section>
  );
}

function hint(pinned: boolean, shape: readonly number[]): string {
  if (pinned) return 'click again to let go';
  if (shape.length === 1 && channelsOf(shape) <= MOST_BARS) return 'click a bar to choose another';
  return 'click or Enter pins it, arrow keys move it';
}

/**
 * A button that unpins the place. Touch screens need it: a tap elsewhere only pins another place.
 * Escape does the same from anywhere on the page.
 */
function LetGo({ uid }: { uid: string }) {
  const letGo = useInspectorStore((state) => state.letGo);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body;
      // Dialogs and text fields handle Escape first.
      if (
        event.key !== 'Escape' ||
        event.defaultPrevented ||
        target.closest('input, textarea, [role="dialog"], [role="menu"]')
      )
        return;
      letGo(uid);
      event.preventDefault();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [letGo, uid]);
  return (
    <Tooltip label="Let go of this place (Esc)">
      <button type="button" className={classes.letGo} aria-label="Let go of this place" onClick={() => letGo(uid)}>
        <IconX size={14} aria-hidden />
      </button>
    </Tooltip>
  );
}
