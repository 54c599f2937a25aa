import { useMemo } from 'react';
import { winnersOf } from '../../../model/explain/factors';
import { asImage, ownChannel } from '../../../model/reach';
import { formatShape } from '../../kit/words/format';
import { Half } from './half';
import { inputWindow, shownShape } from '../../parts/tensors/inspected-layer';
import classes from './inspector.module.css';
import { useInspectorStore, type Point } from '../../stores/inspector-store';
import { NoLabel } from './no-label';
import { TensorImage } from '../../parts/tensors/tensor-image';
import type { Box } from '../../kit/picture/tensor-marks';
import type { Inspected } from './use-inspection';
import { useInputLayout } from './use-layout';

/**
 * The layer's input, with the window that the chosen place reads. For a max-pooling it marks the
 * cells that won.
 * @param large shows only the channel with the window
 */
export function InputWindow({ inspected, point, large }: { inspected: Inspected; point: Point; large?: boolean }) {
  const { uid, layer, image, inspection } = inspected;
  const { input, inputGradient, ranges } = inspection;
  const chosen = useInspectorStore((state) => state.inputChannels[uid] ?? 0);
  const { y, x, unit } = point;
  const window = useMemo(() => inputWindow(layer, { y, x }), [layer, y, x]);
  const channels = asImage(input.shape)[2];
  const channel = window?.own
    ? ownChannel(unit, channels, asImage(layer.outputShape)[2])
    : Math.min(chosen, channels - 1);
  const alone = Boolean(large && window);
  const layout = useInputLayout(shownShape(input.shape, image), alone ? channel : null);
  const box = useMemo((): Box | null => window && { ...window, tile: alone ? 0 : channel }, [window, alone, channel]);
  const winners = useMemo(() => winnersOf(layer, input.data), [layer, input]);
  const dots = useMemo(
    () => (alone && winners ? winners.filter((index) => index % channels === channel) : winners),
    [winners, alone, channels, channel],
  );
  const shared = { layout, side: alone ? 168 : 56, box };
  const name = alone ? `Input (X), channel ${channel}` : 'Input (X)';
  return (
    <div className={classes.pair}>
      <Half title={name} note={winners ? 'dots: the pixels that won' : formatShape(input.shape)}>
        <TensorImage data={input.data} label="Input of the layer" all={ranges.outputs} dots={dots} {...shared} />
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
          <div className={classes.waiting}>
            <NoLabel />
          </div>
        )}
      </Half>
    </div>
  );
}
