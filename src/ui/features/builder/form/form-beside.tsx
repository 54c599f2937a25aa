import { Popover } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { stackRowId } from '../../../kit/into-sight';
import { useFormStore } from '../../../stores/form-store';
import type { StackReport } from '../../../stores/model/model-store';
import classes from '../builder.module.css';

const LayerForm = lazy(() => import('./layer-form').then((module) => ({ default: module.LayerForm })));

/** On a narrow page there is no room beside the stack. */
const PLACES = {
  flip: { fallbackPlacements: ['bottom-start' as const, 'top-start' as const], padding: 8 },
  shift: { padding: 8 },
  size: { padding: 8 },
};

const TABBABLE = 'input, select, textarea, button, summary, a[href]';

/**
 * The parameters of a layer, beside its row: the list of layers keeps its places, so that there is
 * always somewhere to drop one. The keys of the row work here too, outside of the fields: events of
 * the form reach the stack, although its elements are elsewhere on the page.
 */
export function FormBeside({ uid, report }: { uid: string; report: StackReport }) {
  const close = useFormStore((state) => state.close);
  const form = useRef<HTMLDivElement>(null);
  const attach = useCallback((element: HTMLDivElement | null) => {
    form.current = element;
    element?.focus({ preventScroll: true });
  }, []);
  const row = () => document.getElementById(stackRowId(uid));
  const backToRow = () => row()?.querySelector<HTMLElement>('[aria-expanded]')?.focus();

  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node)) return;
      const row = document.getElementById(stackRowId(uid));
      if (!form.current?.contains(target) && !row?.contains(target)) close();
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, [uid, close]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      close();
      return backToRow();
    }
    if (event.key === 'Tab') {
      const stops = [...(form.current?.querySelectorAll<HTMLElement>(TABBABLE) ?? [])].filter(
        (element) => element.tabIndex >= 0 && element.checkVisibility(),
      );
      const edge = event.shiftKey ? [form.current, stops[0]] : [stops.at(-1) ?? form.current];
      if (!edge.some((element) => element === document.activeElement)) return;
      event.preventDefault();
      backToRow();
    }
  };

  return (
    <Popover
      opened
      position="right-start"
      offset={10}
      width={300}
      withRoles={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      middlewares={PLACES}
    >
      <Popover.Target>
        <span className={classes.formAnchor} aria-hidden />
      </Popover.Target>
      <Popover.Dropdown
        ref={attach}
        role="region"
        tabIndex={-1}
        aria-label={`Parameters of ${report.bypassed ? 'the layer' : report.id}`}
        className={classes.formBeside}
        data-uid={uid}
        onKeyDown={onKeyDown}
      >
        <Suspense>
          <LayerForm uid={uid} report={report} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
