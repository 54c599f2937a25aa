import { useMemo } from 'react';
import type { Tensor } from '../../model/initialize';
import type { ResolvedLayer } from '../../model/resolve';
import type { LayerInspection } from '../../train/protocol';
import { formatShape } from '../format';
import { ImagePicker } from '../prediction/image-picker';
import { HistogramView } from './histogram-view';
import { outputName } from './inspected-layer';
import classes from './inspector.module.css';
import { TensorImage } from './tensor-image';
import { outputLayout } from './tile-layout';
import { MOST_BARS, UnitBars } from './unit-bars';
import { Half } from './weights-section';

/** What the layer answers to the chosen image, and the gradient that comes back for it. */
export function ResponseSection({ inspection, layer }: { inspection: LayerInspection; layer: ResolvedLayer }) {
  const { image, label, output, outputGradient, outputHistogram } = inspection;
  const name = outputName(layer);
  return (
    <section className={classes.response} aria-label="Response to one image">
      <div className={classes.pickerRow}>
        <InputImage image={image} label={label} />
        <ImagePicker label={label} />
      </div>
      <div className={classes.pair}>
        <Half title={name} note={formatShape(output.shape)}>
          <OutputView tensor={output} label={name} highlight={label} />
          {output.data.length > MOST_BARS && <HistogramView histogram={outputHistogram} name={name} />}
        </Half>
        <Half title="dL/d(output)" note="this image">
          {outputGradient ? (
            <OutputView tensor={outputGradient} label="Gradient of the loss by the output" highlight={label} diverging />
          ) : (
            <div className={classes.waiting}>Say which digit you drew: without a label there is no loss, and no gradient.</div>
          )}
        </Half>
      </div>
    </section>
  );
}

function InputImage({ image, label }: { image: Tensor; label: number }) {
  const layout = useLayout(image);
  return (
    <div className={classes.input}>
      <TensorImage
        data={image.data}
        layout={layout}
        colors="gray"
        side={84}
        label={label < 0 ? 'Chosen image' : `Chosen image, a ${label}`}
      />
    </div>
  );
}

interface OutputViewProps {
  tensor: Tensor;
  label: string;
  highlight: number;
  diverging?: boolean;
}

function OutputView({ tensor, label, highlight, diverging }: OutputViewProps) {
  const layout = useLayout(tensor);
  if (tensor.shape.length === 1 && tensor.data.length <= MOST_BARS)
    return <UnitBars data={tensor.data} label={label} highlight={highlight} />;
  return <TensorImage data={tensor.data} layout={layout} label={label} colors={diverging ? 'diverging' : 'auto'} side={56} />;
}

/** The layout changes with the shape only, which is a new array with every answer. */
function useLayout({ shape }: Tensor) {
  const key = shape.join();
  return useMemo(() => outputLayout(key.split(',').map(Number)), [key]);
}
