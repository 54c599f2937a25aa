import { memo, useMemo, type ReactNode } from 'react';
import type { Shape, WeightName } from '../../model/layer-kind';
import type { Histogram, LayerInspection } from '../../train/protocol';
import { formatShape } from '../format';
import { symbolOf } from '../gradient-check/verdict';
import { HistogramView } from './histogram-view';
import classes from './inspector.module.css';
import { TensorImage } from './tensor-image';
import { weightLayout, type TileLayout } from './tile-layout';
import { MOST_BARS, UnitBars } from './unit-bars';

type InspectedWeight = LayerInspection['weights'][number];

const TITLES: Record<WeightName, string> = {
  weight: 'Weights',
  bias: 'Biases',
  gamma: 'gamma (γ)',
  beta: 'beta (β)',
  movingMean: 'moving mean',
  movingVariance: 'moving variance',
};

/** Weights and biases as pictures with their spread, each beside its gradient of the last training step. */
export const WeightsSection = memo(function WeightsSection({ weights, image }: { weights: InspectedWeight[]; image: Shape | undefined }) {
  return weights.map((weight) => <WeightRow key={weight.name} weight={weight} image={image} />);
});

function WeightRow({
  weight: { name, value, gradient, histogram, gradientHistogram },
  image,
}: {
  weight: InspectedWeight;
  image: Shape | undefined;
}) {
  const shapeKey = [...value.shape, 'of', ...(image ?? [])].join();
  // The shapes are new arrays with every answer; the layout depends on what is in them.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const layout = useMemo(() => weightLayout(value.shape, image), [shapeKey]);
  const title = value.shape.length === 4 ? 'Filters' : TITLES[name];
  return (
    <section className={classes.pair} aria-label={title}>
      <Half title={title} note={formatShape(value.shape)}>
        <Spread data={value.data} histogram={histogram} layout={layout} label={title} />
      </Half>
      {isAverage(name) ? (
        <div className={classes.waiting}>A running average of the batches, not trained.</div>
      ) : (
        <Half title={symbolOf(name)} note="last step">
          {gradient && gradientHistogram ? (
            <Spread data={gradient.data} histogram={gradientHistogram} layout={layout} label={`Gradient of the ${title.toLowerCase()}`} />
          ) : (
            <div className={classes.waiting}>After the first training step, the gradient is shown here.</div>
          )}
        </Half>
      )}
    </section>
  );
}

const isAverage = (name: WeightName) => name === 'movingMean' || name === 'movingVariance';

interface SpreadProps {
  data: Float32Array;
  histogram: Histogram;
  layout: TileLayout;
  label: string;
}

/** A tensor as pictures with the histogram of its values; a handful of values as bars, which say both. */
function Spread({ data, histogram, layout, label }: SpreadProps) {
  if (data.length <= MOST_BARS && layout.tiles === 1) return <UnitBars data={data} label={label} />;
  return (
    <>
      <TensorImage data={data} layout={layout} label={label} colors="diverging" />
      <HistogramView histogram={histogram} name={label} />
    </>
  );
}

/** One titled column of a pair. */
export function Half({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className={classes.half}>
      <h3 className={classes.heading}>
        {title} {note && <span className={classes.note}>{note}</span>}
      </h3>
      {children}
    </div>
  );
}
