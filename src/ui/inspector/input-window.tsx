import { useMemo } from 'react';
import { winnersOf } from '../../model/explain';
import { asImage, ownChannel } from '../../model/reach';
import { formatShape } from '../format';
import { Half } from './half';
import { inputWindow } from './inspected-layer';
import classes from './inspector.module.css';
import { useInspectorStore, type Point } from './inspector-store';
import { NO_LABEL } from './no-label';
import { TensorImage } from './tensor-image';
import type { Box } from './tensor-marks';
import type { Inspected } from './use-inspection';
import { useOutputLayout } from './use-layout';

/** The layer's input with the window of the place under the cursor; a max-pooling marks the cells that won. */
export function InputWindow({ inspected, point }: { inspected: Inspected; point: Point }) {
  const { uid, layer, inspection } = inspected;
  const { input, inputGradient, ranges } = inspection;
  const layout = useOutputLayout(input.shape);
  const chosen = useInspectorStore((state) => state.inputChannels[uid] ?? 0);
  const winners = useMemo(() => winnersOf(layer, input.data), [layer, input]);
  const { y, x, unit } = point;
  const box = useMemo((): Box | null => {
    const window = inputWindow(layer, { y, x });
    if (!window) return null;
    const own = ownChannel(unit, layout.tiles, asImage(layer.outputShape)[2]);
    return { ...window, tile: window.own ? own : Math.min(chosen, layout.tiles - 1) };
  }, [layer, y, x, unit, layout, chosen]);
  const shared = { layout, side: 56, box, dots: winners };
  return (
    <div className={classes.pair}>
      <Half title="Input (X)" note={winners ? 'dots: the pixels that won' : formatShape(input.shape)}>
        <TensorImage data={input.data} label="Input of the layer" all={ranges.outputs} {...shared} />
      </Half>
      <Half title="dL/dX" note={winners ? 'goes to the winners alone' : 'this image'}>
        {inputGradient ? (
          <TensorImage
            data={inputGradient.data}
            label="Gradient of the loss by the input"
            colors="diverging"
            all={ranges.outputGradients}
            {...shared}
          />
        ) : (
          <div className={classes.waiting}>{NO_LABEL}</div>
        )}
      </Half>
    </div>
  );
}
