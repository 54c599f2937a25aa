import { useRef } from 'react';
import { beginStroke, extendStroke } from './pad/pointer';
import { ClearButton, PadTools } from './pad/pad-tools';
import { useDrawing } from './pad/use-drawing';
import classes from './prediction.module.css';
import { PAD, useStrokesStore } from '../../stores/strokes-store';
import { SUBJECTS } from '../../../data/subjects';
import { useDatasetFacts } from '../../stores/dataset-facts';

/**
 * A square to draw an image on with mouse, finger or pen. The image store gets what the network
 * sees of the drawing.
 * @param plain with nothing but a button to clear it
 */
export function DrawPad({ plain = false }: { plain?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { shows } = useDatasetFacts();
  const empty = useStrokesStore((state) => state.strokes.length === 0);
  const erasing = useStrokesStore((state) => state.tool === 'eraser');
  useDrawing(canvas);
  return (
    <div className={classes.pad}>
      <div className={classes.padFrame}>
        <canvas
          ref={canvas}
          className={classes.padCanvas}
          data-erasing={erasing || undefined}
          width={PAD}
          height={PAD}
          role="img"
          aria-label="Draw pad"
          aria-describedby="draw-pad-help"
          onPointerDown={beginStroke}
          onPointerMove={extendStroke}
        />
        {empty && (
          <span className={classes.padHint} aria-hidden>
            Draw {SUBJECTS[shows].image}
          </span>
        )}
        <span id="draw-pad-help" className="visually-hidden">
          Needs a mouse, a pen or a finger. With the keyboard, choose one of the images of the data set or a saved
          drawing instead.
        </span>
      </div>
      {plain ? <ClearButton /> : <PadTools />}
    </div>
  );
}
