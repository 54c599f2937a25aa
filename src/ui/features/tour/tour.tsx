import { Button, CloseButton, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, type RefObject } from 'react';
import { at } from '../../../at';
import { useNarrowStore } from '../../stores/narrow-store';
import { useModelStore } from '../../stores/model/model-store';
import { useViewStore } from '../../stores/view-store';
import { Tooltip } from '../../kit/tooltip';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { STOPS, type Stop } from './stops';
import { useTourStore } from './tour-store';
import classes from './tour.module.css';
import { useAnchor, type Box } from './use-anchor';

/**
 * Shows one stop of the tour: a ring around the element it describes, with a card beside it, or at
 * the edge of the screen if that element is not on the page. Everything else stays usable.
 */
export function Tour({ stop: index }: { stop: number }) {
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const stop = at(STOPS, index);
  const box = useAnchor(stop.anchors);
  // Remembers the place before the first stop is brought into view.
  useReturnOfPlace(narrow);
  useEffect(() => bringForward(stop, narrow), [stop, narrow]);
  useReturnOfFocus();
  useEscape();
  const focusedRef = useRef<string | null>(undefined);
  const card = <Card index={index} focusedRef={focusedRef} />;
  return (
    <>
      {(narrow || box === null) && <div className={classes.docked}>{card}</div>}
      <Popover
        opened={!narrow && Boolean(box)}
        position={stop.side}
        width={320}
        offset={12}
        withArrow
        arrowSize={12}
        zIndex={290}
        withRoles={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <Ring box={box} />
        </Popover.Target>
        <Popover.Dropdown p={0}>{card}</Popover.Dropdown>
      </Popover>
    </>
  );
}

function Ring({ box, ref }: { box: Box | null | undefined; ref?: React.Ref<HTMLDivElement> }) {
  return <div ref={ref} className={classes.ring} style={box ?? { display: 'none' }} aria-hidden />;
}

/**
 * @param focusedRef name of the button that has the focus, undefined at first. The card is made
 * anew when it moves from one anchor to the next, and then takes the focus again, unless the focus
 * has gone elsewhere.
 */
function Card({ index, focusedRef }: { index: number; focusedRef: RefObject<string | null | undefined> }) {
  const go = useTourStore((state) => state.go);
  const end = useTourStore((state) => state.end);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Waits until the card is in its place.
    const request = requestAnimationFrame(() => {
      if (focusedRef.current !== undefined && document.activeElement !== document.body) return;
      const button = card.current?.querySelector<HTMLButtonElement>(
        `[data-tour="${focusedRef.current}"]:not(:disabled)`,
      );
      (button ?? card.current)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(request);
  }, [focusedRef]);
  const facts = useDatasetFacts();
  const { title, text } = at(STOPS, index);
  const last = index === STOPS.length - 1;
  return (
    <div
      ref={card}
      role="dialog"
      aria-labelledby="tour-title"
      aria-describedby="tour-text"
      tabIndex={-1}
      className={classes.card}
      onFocus={({ target }) => (focusedRef.current = target.dataset.tour ?? null)}
    >
      {/* The focus stays on the button while the words change, so screen readers read them out. */}
      <div aria-live="polite" aria-atomic>
        <h2 id="tour-title" className={classes.title}>
          {title}
        </h2>
        <p id="tour-text" className={classes.text}>
          {typeof text === 'string' ? text : text(facts)}
        </p>
        <span className={`${classes.progress} numeric`}>
          {index + 1} of {STOPS.length}
        </span>
      </div>
      <Tooltip label="Skip the rest of the tour (Esc)">
        <CloseButton size="sm" aria-label="Skip the rest of the tour" className={classes.close} onClick={end} />
      </Tooltip>
      <div className={classes.buttons}>
        <Tooltip label="Back to the previous stop" position="bottom">
          <Button
            size="compact-sm"
            variant="default"
            data-tour="back"
            disabled={index === 0}
            onClick={() => go(index - 1)}
          >
            Back
          </Button>
        </Tooltip>
        <Tooltip label={last ? 'Ends the tour' : 'On to the next stop'} position="bottom">
          <Button size="compact-sm" data-tour="next" onClick={() => (last ? end() : go(index + 1))}>
            {last ? 'Done' : 'Next'}
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}

/** Brings the part of the page that a stop describes into view. */
function bringForward({ part, needsLayer }: Stop, narrow: boolean): void {
  if (useViewStore.getState().view !== 'train' && !narrow) useViewStore.getState().show('train');
  if (narrow && part) useNarrowStore.getState().show(part);
  const { selected, layers, reports, select } = useModelStore.getState();
  if (!needsLayer || selected) return;
  const first = reports.findIndex(({ resolved }) => resolved && resolved.parameters > 0);
  const layer = layers[first];
  if (layer) select(layer.uid);
}

/** Returns the focus to the element that had it when the tour began, if that is still there. */
function useReturnOfFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else document.querySelector<HTMLElement>('[data-tour-home]')?.focus();
    };
  }, []);
}

/**
 * When the tour ends, the page is as it was: on the same tab of a narrow page, with the charts in
 * view on a wide one.
 */
function useReturnOfPlace(narrow: boolean): void {
  useEffect(() => {
    const { part, show } = useNarrowStore.getState();
    return () => {
      if (narrow) show(part);
      else document.querySelector('[data-panel="Charts"]')?.scrollIntoView({ block: 'start' });
    };
  }, [narrow]);
}

/** Escape ends the tour, wherever the focus is. An open dialog handles it first. */
function useEscape(): void {
  const end = useTourStore((state) => state.end);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const dialog =
        event.target instanceof Element
          ? event.target.closest('[role="dialog"], [role="listbox"], [role="menu"]')
          : null;
      if (event.key !== 'Escape' || (dialog && !dialog.querySelector('#tour-title'))) return;
      // Keeps the layer selected that was selected during the tour.
      event.preventDefault();
      end();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [end]);
}
