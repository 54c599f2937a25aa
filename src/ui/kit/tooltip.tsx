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
  /** An element, or a component that hands on its ref and `aria-describedby`. */
  children: ReactElement<ChildProps>;
  /** Time under the pointer before it comes, in milliseconds; with the focus it comes at once. */
  openDelay?: number;
  /** It comes for a finger as well. */
  touch?: boolean;
  /** Property of the child that takes the ref of what the pointer has to be on. @default 'ref' */
  refProp?: 'ref' | 'rootRef';
  /** What has to have the focus, where that is not the child or something in it. */
  focusOf?: (element: HTMLElement) => HTMLElement | null | undefined;
}

interface ChildProps {
  ref?: Ref<HTMLElement>;
  rootRef?: Ref<HTMLElement>;
  'aria-describedby'?: string;
}

/**
 * Says on hover and on focus what its child is for. The library's tooltip is made when it is first
 * wanted: there are some two hundred on the page, and one of them is more work at every redraw, and
 * more memory, than the button that it explains. It goes with Esc (WCAG 2.2, 1.4.13). Of one under
 * the pointer the page hears the key as well; one that came with the focus takes it, by
 * `preventDefault`, for the next one to do what Esc does on the page.
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

/** When it opens is decided here. */
const NONE = { hover: false, focus: false, touch: false };

/** What gives the focus back when it closes, to a control that was known before. */
const CLOSES = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Follows pointer and focus. `target` is the element, once it was wanted for the first time. */
function useWanted(openDelay: number, touch: boolean, disabled: boolean, focusOf: TooltipProps['focusOf']) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [wanted, setWanted] = useState(false);
  // Outside of `attach`: some children hand in another ref with every redraw.
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
        // Later in any case: it has to be there before it can find its place.
        timer.current = setTimeout(() => {
          setWanted(true);
          // At once and not with the redraw, which a busy page makes late: until then, Esc would do
          // what it does without a tooltip.
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
      // A tap ends with the events of a mouse, which stays where it was.
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
