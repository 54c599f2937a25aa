import { useCallback } from 'react';
import type { Tensor } from '../../../model/initialize';
import { formatShape } from '../../kit/words/format';
import { Half } from './half';
import { HistogramView } from './histogram-view';
import { outputName } from '../../parts/tensors/inspected-layer';
import { InputWindow } from './input-window';
import classes from './inspector.module.css';
import { elementAt, useInspectorStore, usePoint, useUnit, type Point } from '../../stores/inspector-store';
import { NoLabel } from './no-label';
import { PlaceBar } from './place-bar';
import { ProductView } from './product-view';
import { TensorImage } from '../../parts/tensors/tensor-image';
import { MOST_BARS, UnitBars } from '../../kit/picture/unit-bars';
import type { Inspected } from './use-inspection';
import { useOutputLayout } from './use-layout';
import { usePlaceActions } from './use-place';

/**
 * Shows the layer's output for the image, how one number of it was computed, and the input it was
 * computed from, all with their gradients.
 */
export function MapsTab({ inspected }: { inspected: Inspected }) {
  const { uid, layer, inspection } = inspected;
  const { output, outputGradient, outputHistogram, label } = inspection;
  const name = outputName(layer);
  const point = usePoint(uid, layer.outputShape);
  const marks = { inspected, point, highlight: layer === inspected.upTo.at(-1) ? label : undefined };
  return (
    <section className={classes.response} aria-label="Response to one image">
      <div className={classes.pair}>
        <Half title={name} note={formatShape(output.shape)}>
          <OutputView tensor={output} label={name} {...marks} />
          {output.data.length > MOST_BARS && <HistogramView histogram={outputHistogram} name={name} />}
        </Half>
        <Half title="dL/d(output)" note="this image">
          {outputGradient ? (
            <OutputView tensor={outputGradient} label="Gradient of the loss by the output" diverging {...marks} />
          ) : (
            <div className={classes.waiting}>
              <NoLabel />
            </div>
          )}
        </Half>
      </div>
      <PlaceBar inspected={inspected} point={point} />
      <ProductView inspected={inspected} point={point} />
      <InputWindow inspected={inspected} point={point} />
    </section>
  );
}

interface OutputViewProps {
  inspected: Inspected;
  point: Point;
  tensor: Tensor;
  label: string;
  highlight?: number;
  diverging?: boolean;
}

function OutputView({ inspected, point, tensor, label, highlight, diverging }: OutputViewProps) {
  const { uid, layer, inspection } = inspected;
  const layout = useOutputLayout(tensor.shape);
  const unit = useUnit(uid, layout.units);
  const { chooseUnit } = useInspectorStore.getState();
  const place = usePlaceActions(uid, layer.outputShape);
  const onPickUnit = useCallback((picked: number) => chooseUnit(uid, picked), [chooseUnit, uid]);
  if (tensor.shape.length === 1 && tensor.data.length <= MOST_BARS) {
    return <UnitBars data={tensor.data} label={label} highlight={highlight} onPickUnit={onPickUnit} />;
  }
  return (
    <TensorImage
      data={tensor.data}
      layout={layout}
      label={label}
      colors={diverging ? 'diverging' : 'auto'}
      side={56}
      all={diverging ? inspection.ranges.outputGradients : inspection.ranges.outputs}
      unit={tensor.shape.length === 3 ? unit : undefined}
      onPickUnit={onPickUnit}
      cursor={elementAt(layer.outputShape, point)}
      {...place}
    />
  );
}
