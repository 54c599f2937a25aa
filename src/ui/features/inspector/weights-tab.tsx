import { Pagination } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Shape, WeightName } from '../../../model/shape';
import type { Histogram, LayerInspection } from '../../../train/wire/protocol';
import { formatShape } from '../../kit/words/format';
import { symbolOf } from '../../kit/words/gradient-symbol';
import { Half } from './half';
import { HistogramView } from './histogram-view';
import { filterShape } from '../../parts/tensors/inspected-layer';
import classes from './inspector.module.css';
import { useInspectorStore, useUnit } from '../../stores/inspector-store';
import { TensorImage } from '../../parts/tensors/tensor-image';
import { isFilters, isPictures, unitsPerPage, weightSide, type TileLayout } from '../../kit/picture/tile-layout';
import { MOST_BARS, UnitBars } from '../../kit/picture/unit-bars';
import type { Inspected } from './use-inspection';
import { useWeightLayout } from './use-layout';

type InspectedWeight = LayerInspection['weights'][number];

const TITLES: Record<WeightName, string> = {
  weight: 'Weights',
  bias: 'Biases',
  gamma: 'gamma (γ)',
  beta: 'beta (β)',
  movingMean: 'moving mean',
  movingVariance: 'moving variance',
};

/**
 * Shows weights and biases as pictures and histograms, each beside its gradient of the last
 * training step.
 */
export function WeightsTab({ inspected }: { inspected: Inspected }) {
  return inspected.inspection.weights.map((weight) => (
    <WeightRow key={weight.name} weight={weight} inspected={inspected} />
  ));
}

function WeightRow({ weight, inspected }: { weight: InspectedWeight; inspected: Inspected }) {
  const { name, value, gradient, histogram, gradientHistogram } = weight;
  const { uid, layer, image, inspection } = inspected;
  const shape = filterShape(layer, value.shape);
  const { page, count, choosePage } = usePages(uid, shape, image);
  const layout = useWeightLayout(shape, image, page);
  const unit = useUnit(uid, layout.units);
  const chooseUnit = useInspectorStore((state) => state.chooseUnit);
  const onPickUnit = useCallback((picked: number) => chooseUnit(uid, picked), [chooseUnit, uid]);
  const title = value.shape.length === 4 ? 'Filters' : TITLES[name];
  const { ranges } = inspection;
  const shared = { layout, unit, onPickUnit };
  return (
    <section className={classes.pair} aria-label={title}>
      <Half title={title} note={formatShape(value.shape)}>
        <Spread
          data={value.data}
          histogram={histogram}
          label={title}
          all={isAverage(name) ? undefined : ranges.weights}
          {...shared}
        />
      </Half>
      {isAverage(name) ? (
        <div className={classes.waiting}>A running average of the batches, not trained.</div>
      ) : (
        <Half title={symbolOf(name)} note="last step">
          {gradient && gradientHistogram ? (
            <Spread
              data={gradient.data}
              histogram={gradientHistogram}
              label={`Gradient of the ${title.toLowerCase()}`}
              all={ranges.weightGradients}
              {...shared}
            />
          ) : (
            <div className={classes.waiting}>After the next training step, the gradient is shown here.</div>
          )}
        </Half>
      )}
      {count > 1 && (
        <div className={classes.pages}>
          <span>
            {value.shape.length === 4 ? 'Filters' : 'Units'} {page!.first} to{' '}
            {Math.min(page!.first + page!.count, layout.units) - 1} of {layout.units}
          </span>
          <Pagination
            size="xs"
            total={count}
            value={Math.floor(page!.first / page!.count) + 1}
            onChange={choosePage}
            getControlProps={(control) => ({ 'aria-label': `${control} page of ${title.toLowerCase()}` })}
            getItemProps={(at) => ({ 'aria-label': `Page ${at} of ${title.toLowerCase()}` })}
            aria-label={`Pages of ${title.toLowerCase()}`}
          />
        </div>
      )}
    </section>
  );
}

const isAverage = (name: WeightName) => name === 'movingMean' || name === 'movingVariance';

/**
 * The open page of filters or units where there are many: the page of the chosen unit, until the
 * user opens another.
 */
function usePages(uid: string, shape: Shape, image: Shape | undefined) {
  const pictures = isPictures(shape, image);
  const inputs = isFilters(shape) ? shape[2] : (image?.[2] ?? 1);
  const units = shape.at(-1)!;
  const size = unitsPerPage(inputs);
  const unit = useUnit(uid, units);
  const [opened, setOpened] = useState({ page: 0, unit: -1 });
  const count = pictures ? Math.ceil(units / size) : 1;
  // The layer may have fewer units now than when the page was opened.
  const at = opened.unit === unit ? Math.min(opened.page, count - 1) : Math.floor(unit / size);
  return {
    count,
    page: count > 1 ? { first: at * size, count: size } : undefined,
    choosePage: (page: number) => setOpened({ page: page - 1, unit }),
  };
}

interface SpreadProps {
  data: Float32Array;
  histogram: Histogram;
  layout: TileLayout;
  label: string;
  /**
   * Left out for running averages, which do not count among the weights that set the shared scale.
   */
  all?: number;
  unit: number;
  onPickUnit: (unit: number) => void;
}

/**
 * Shows a tensor as pictures with a histogram of its values. A handful of values are bars instead,
 * which show both.
 */
function Spread({ data, histogram, layout, label, all, unit, onPickUnit }: SpreadProps) {
  if (data.length <= MOST_BARS && layout.tiles === 1) {
    return <UnitBars data={data} label={label} highlight={unit} onPickUnit={onPickUnit} />;
  }
  return (
    <>
      <TensorImage
        data={data}
        layout={layout}
        label={label}
        colors="diverging"
        side={weightSide(layout)}
        all={all}
        unit={unit}
        onPickUnit={onPickUnit}
      />
      <HistogramView histogram={histogram} name={label} />
    </>
  );
}
