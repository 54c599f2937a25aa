import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import { Tooltip } from '../../../kit/tooltip';
import { oneOf } from '../../../kit/words/class-words';
import { ClassName } from '../../../parts/classes/class-name';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { useImageStore } from '../../../stores/image-store';
import { paintStrokes } from '../paint-strokes';
import classes from '../prediction.module.css';
import { useStrokesStore } from '../../../stores/strokes-store';
import type { Doodle } from './doodles';
import { useDoodlesStore } from './doodles-store';

/** The saved drawings; a click puts one on the pad. Renders nothing if there are none. */
export function DoodleStrip() {
  const doodles = useDoodlesStore((state) => state.doodles);
  const problem = useDoodlesStore((state) => state.problem);
  const strip = useRef<HTMLUListElement>(null);
  const remove = (id: number, index: number) => {
    useDoodlesStore.getState().remove(id);
    // The focus would be lost with the removed button, so the next one gets it.
    requestAnimationFrame(() =>
      strip.current?.querySelectorAll<HTMLElement>('[data-doodle]')[Math.max(0, index - 1)]?.focus(),
    );
  };
  return (
    <>
      {problem && (
        <p className={classes.failed} role="alert">
          {problem}
        </p>
      )}
      {doodles.length > 0 && (
        <section aria-labelledby="doodles-heading">
          <h3 id="doodles-heading" className={classes.heading}>
            Saved drawings
          </h3>
          <ul className={classes.doodles} ref={strip}>
            {doodles.map((doodle, index) => (
              <DoodleItem
                key={doodle.id}
                doodle={doodle}
                number={index + 1}
                onRemove={() => remove(doodle.id, index)}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function DoodleItem({ doodle, number, onRemove }: { doodle: Doodle; number: number; onRemove: () => void }) {
  const { label, strokes } = doodle;
  const { classNames } = useDatasetFacts();
  const words = label === null ? `Saved drawing ${number}` : `Saved drawing ${number}, ${oneOf(classNames, label)}`;
  const load = () => {
    useImageStore.getState().labelDrawing(label ?? undefined);
    useStrokesStore.getState().load(strokes);
  };
  return (
    <li className={classes.doodle}>
      <Tooltip label="Puts this drawing back on the pad">
        <UnstyledButton className={classes.doodleImage} data-doodle aria-label={words} onClick={load}>
          <Thumbnail doodle={doodle} />
        </UnstyledButton>
      </Tooltip>
      <div className={classes.doodleFoot}>
        <span>{label === null ? '?' : <ClassName index={label} />}</span>
        <Tooltip label="Deletes this drawing from the browser, for good" position="bottom">
          <ActionIcon size={24} aria-label={`Delete saved drawing ${number}`} onClick={onRemove}>
            <IconX size={14} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}

const SIDE = 96;

const Thumbnail = memo(function Thumbnail({ doodle }: { doodle: Doodle }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintStrokes(context, doodle.strokes, SIDE);
  }, [doodle]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden />;
});
