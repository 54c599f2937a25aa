import { useEffect } from 'react';
import { usePlayground } from '../../client/use-playground';
import { goToStage, pauseSlowMotion } from './step-actions';
import { useStepStore } from './step-store';

/** Moves to the next stage by itself while slow motion is on, and stops at the last one. */
export function usePlayback(): void {
  const playground = usePlayground();
  const playing = useStepStore((state) => state.playing);
  const speed = useStepStore((state) => state.speed);
  const at = useStepStore((state) => state.at);
  const last = useStepStore((state) => state.stages.length - 1);
  const busy = useStepStore((state) => state.busy !== null);
  useEffect(() => {
    if (!playing || busy) return;
    if (at >= last) return pauseSlowMotion();
    const timer = setTimeout(() => void goToStage(playground, at + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [playground, playing, speed, at, last, busy]);
  useEffect(() => pauseSlowMotion, []);
}

const OWN_ARROWS =
  '[data-scrolls], input, textarea, select, [contenteditable="true"], [role="slider"], [role="tab"], ' +
  '[role="radio"], [role="menuitem"], [role="option"]';

/**
 * The arrow keys move to the previous and next stage, unless the focused element needs them itself.
 */
export function useArrowKeys(view: { current: HTMLElement | null }): void {
  const playground = usePlayground();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body;
      const forThisView = target === document.body || view.current?.contains(target);
      if (!forThisView || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
        return;
      if (target.matches(OWN_ARROWS)) return;
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      pauseSlowMotion();
      void goToStage(playground, useStepStore.getState().at + by);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [playground, view]);
}
