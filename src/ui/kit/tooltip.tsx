import { Tooltip as Bubble, type TooltipProps as BubbleProps } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import {
  Children,
  cloneElement,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type ReactElement,
  type Ref,
} from 'react';

interface TooltipProps extends Pick<BubbleProps, 'position' | 'middlewares' | 'disabled' | 'className' | 'w'> {
  label: BubbleProps['label'];
  /** An element, or a component that passes on its ref and `aria-describedby`. */
  children: ReactElement<ChildProps>;
  /**
   * How long the pointer has to rest before the tooltip opens, in milliseconds; the focus opens it
   * at once.
   */
  openDelay?: number;
  /** Whether it also opens on touch. */
  touch?: boolean;
  /** The property of the child that takes the ref of the element to point at. @default 'ref' */
  refProp?: 'ref' | 'rootRef';
  /** The element that has to have the focus, if that is not the child or something inside it. */
  focusOf?: (element: HTMLElement) => HTMLElement | null | undefined;
}

interface ChildProps {
  ref?: Ref<HTMLElement>;
  rootRef?: Ref<HTMLElement>;
  'aria-describedby'?: string;
}

/**
 * Shows on hover and on focus what its child is for.
 *
 * The library's tooltip is created when it is first needed: there are some two hundred on the page,
 * and each would take more work at every render, and more memory, than the button that it explains.
 *
 * Escape closes it (WCAG 2.2, 1.4.13). If the pointer opened it, the page handles the key as well.
 * If the focus opened it, the tooltip consumes the key with `preventDefault`; the next Escape then
 * acts on the page.
 */
export function Tooltip({
  children,
  label,
  openDelay = 350,
  touch = false,
  refProp = 'ref',
  focusOf,
  disabled = false,
  ...look
}: TooltipProps) {
  const child = Children.only(children);
  const id = useId();
  const { attach, target, wanted } = useWanted(openDelay, touch, disabled, focusOf);
  const ref = useMergedRef(attach, child.props[refProp]);
  const opened = wanted && !disabled;
  return (
    <>
      {cloneElement(child, {
        [refProp]: ref,
        'aria-describedby': child.props['aria-describedby'] ?? (opened ? id : undefined),
      })}
      {target && <Bubble {...look} target={target} opened={opened} events={NONE} label={<div id={id}>{label}</div>} />}
    </>
  );
}

/** This component decides when the tooltip opens. */
const NONE = { hover: false, focus: false, touch: false };

/** Elements that return the focus when they close, to a control that the user already knows. */
const CLOSES = '[role="dialog"], [role="menu"], [role="listbox"]';

/**
 * Follows pointer and focus. `target` is the element, from the first time that the tooltip is
 * needed.
 */
function useWanted(openDelay: number, touch: boolean, disabled: boolean, focusOf: TooltipProps['focusOf']) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [wanted, setWanted] = useState(false);
  // Kept outside of `attach`: some children pass another ref with every render.
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const escape = useRef<AbortController>(undefined);
  const silent = useRef(disabled);
  useEffect(() => {
    silent.current = disabled;
  }, [disabled]);
  const go = useCallback(() => {
    clearTimeout(timer.current);
    escape.current?.abort();
    setWanted(false);
  }, []);
  useEffect(() => go, [go]);
  const attach = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      const come = (ms: number, takesEscape: boolean) => {
        clearTimeout(timer.current);
        setTarget(element);
        // Opens later in any case: the element has to be there before the tooltip can be placed.
        timer.current = setTimeout(() => {
          setWanted(true);
          // Listens at once, not after the next render, which a busy page delays: until then,
          // Escape would act as if there were no tooltip.
          escape.current?.abort();
          escape.current = new AbortController();
          document.addEventListener('keydown', hide, { capture: true, signal: escape.current.signal });
        }, ms);
        const hide = (event: KeyboardEvent) => {
          if (event.key !== 'Escape') return;
          if (takesEscape && !silent.current) event.preventDefault();
          go();
        };
      };
      const enter = (event: Event) =>
        (touch || (event as PointerEvent).pointerType !== 'touch') && come(openDelay, false);
      const focus = ({ target, relatedTarget: from }: FocusEvent) => {
        const left = from instanceof Element ? from.closest(CLOSES) : null;
        const givenBack = left !== null && !left.contains(element);
        if (target instanceof Element && target.matches(':focus-visible') && !givenBack) come(0, true);
      };
      const focused = focusOf?.(element) ?? element;
      const leaving = new AbortController();
      const { signal } = leaving;
      // A tap ends with mouse events, at the place where the mouse was.
      element.addEventListener(touch ? 'mouseenter' : 'pointerenter', enter, { signal });
      element.addEventListener(touch ? 'mouseleave' : 'pointerleave', go, { signal });
      focused.addEventListener('focusin', focus, { signal });
      focused.addEventListener('focusout', go, { signal });
      return () => leaving.abort();
    },
    [openDelay, touch, focusOf, go],
  );
  return { attach, target, wanted };
}
