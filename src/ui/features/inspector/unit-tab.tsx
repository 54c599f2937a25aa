import type { KeyboardEvent } from 'react';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { at } from '../../../at';
import { asImage } from '../../../model/reach';
import type { LayerInspection } from '../../../train/wire/protocol';
import { formatNumber, formatPercent } from '../../kit/words/format';
import { StepButton } from '../../parts/images/image-picker';
import { Half } from './half';
import { filterShape, outputName, tabNames } from '../../parts/tensors/inspected-layer';
import classes from './inspector.module.css';
import { elementAt, useInspectorStore, usePoint, useUnit } from '../../stores/inspector-store';
import { InputWindow } from './input-window';
import { NoLabel } from './no-label';
import { PlaceBar } from './place-bar';
import { ProductView } from './product-view';
import { TensorImage } from '../../parts/tensors/tensor-image';
import { moveUnit } from '../../kit/picture/tensor-keys';
import { isFilters, isPictures } from '../../kit/picture/tile-layout';
import { unitFacts } from './unit-facts';
import type { Inspected } from './use-inspection';
import { useChannelLayout, useWeightLayout } from './use-layout';
import { usePlaceActions } from './use-place';

/** Shows one filter, channel or unit with everything that belongs to it. */
export function UnitTab({ inspected }: { inspected: Inspected }) {
  const { uid, layer, inspection } = inspected;
  const units = asImage(layer.outputShape)[2];
  const unit = useUnit(uid, units);
  const at = usePoint(uid, layer.outputShape);
  const point = { ...at, unit };
  const noun = tabNames(layer).unit!.replace('One ', '');
  const weight = inspection.weights.find(({ name }) => name === 'weight');
  return (
    <section aria-label={`${noun} ${unit}`} className={classes.unitTab}>
      <Stepper uid={uid} noun={noun} unit={unit} units={units} />
      <UnitFigures inspection={inspection} units={units} unit={unit} />
      {weight && <UnitWeights inspected={inspected} weight={weight} unit={unit} />}
      {layer.outputShape.length === 3 && (
        <UnitMaps inspected={inspected} unit={unit} element={elementAt(layer.outputShape, point)} />
      )}
      <PlaceBar inspected={inspected} point={point} />
      <ProductView inspected={inspected} point={point} />
      <InputWindow inspected={inspected} point={point} large />
    </section>
  );
}

function Stepper({ uid, noun, unit, units }: { uid: string; noun: string; unit: number; units: number }) {
  const chooseUnit = useInspectorStore((state) => state.chooseUnit);
  const press = (event: KeyboardEvent) => {
    const to = moveUnit(event.key, unit, units);
    if (to === null) return;
    event.preventDefault();
    chooseUnit(uid, to);
  };
  return (
    <div
      className={classes.stepper}
      role="group"
      aria-label={`Which ${noun}; arrow keys go to the next`}
      onKeyDown={press}
    >
      <StepButton
        name={`Previous ${noun}`}
        icon={IconChevronLeft}
        onClick={() => chooseUnit(uid, (unit + units - 1) % units)}
      />
      <StepButton name={`Next ${noun}`} icon={IconChevronRight} onClick={() => chooseUnit(uid, (unit + 1) % units)} />
      <span aria-live="polite">
        <b>
          {noun} {unit}
        </b>{' '}
        of {units}, from 0
      </span>
    </div>
  );
}

function UnitFigures({ inspection, units, unit }: { inspection: LayerInspection; units: number; unit: number }) {
  const output = unitFacts(inspection.output.data, units, unit);
  const back = inspection.outputGradient && unitFacts(inspection.outputGradient.data, units, unit);
  const figures: [string, string][] = [];
  for (const { name, value, gradient } of inspection.weights) {
    if (name === 'weight') {
      figures.push(['‖W‖', formatNumber(unitFacts(value.data, units, unit).norm)]);
      if (gradient) figures.push(['‖dL/dW‖, last step', formatNumber(unitFacts(gradient.data, units, unit).norm)]);
    } else {
      figures.push([name, formatNumber(at(value.data, unit))]);
      if (gradient) figures.push([`dL/d(${name}), last step`, formatNumber(at(gradient.data, unit))]);
    }
  }
  if (inspection.output.shape.length === 3) {
    figures.push(['mean activation', formatNumber(output.mean)], ['zeros', formatPercent(output.zeros)]);
    if (back) figures.push(['‖dL/d(output)‖', formatNumber(back.norm)]);
  } else {
    figures.push(['output', formatNumber(output.mean)]);
    if (back) figures.push(['dL/d(output)', formatNumber(back.mean)]);
  }
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function UnitWeights({
  inspected,
  weight,
  unit,
}: {
  inspected: Inspected;
  weight: LayerInspection['weights'][number];
  unit: number;
}) {
  const { layer, image, inspection } = inspected;
  const shape = filterShape(layer, weight.value.shape);
  const layout = useWeightLayout(shape, image, { first: unit, count: 1 });
  const { ranges } = inspection;
  const shared = { layout, side: layout.tiles > 1 ? 44 : 112, colors: 'diverging' } as const;
  // Weights that do not come from an image are a plain vector: the sum below names the largest.
  if (!isPictures(shape, image)) return null;
  return (
    <div className={classes.pair}>
      <Half title="Weights" note={isFilters(shape) && shape[2] > 1 ? 'one picture per input channel' : undefined}>
        <TensorImage data={weight.value.data} label={`Weights of unit ${unit}`} all={ranges.weights} {...shared} />
      </Half>
      <Half title="dL/dW" note="last step">
        {weight.gradient ? (
          <TensorImage
            data={weight.gradient.data}
            label={`Gradient of the weights of unit ${unit}`}
            all={ranges.weightGradients}
            {...shared}
          />
        ) : (
          <div className={classes.waiting}>After the next training step, the gradient is shown here.</div>
        )}
      </Half>
    </div>
  );
}

function UnitMaps({ inspected, unit, element }: { inspected: Inspected; unit: number; element: number }) {
  const { uid, layer, inspection } = inspected;
  const { output, outputGradient, ranges } = inspection;
  const layout = useChannelLayout(output.shape, unit);
  const place = usePlaceActions(uid, layer.outputShape);
  const shared = { layout, side: 168, cursor: element, ...place };
  return (
    <div className={classes.pair}>
      <Half title={outputName(layer)} note="this image">
        <TensorImage data={output.data} label={`Feature map ${unit}`} all={ranges.outputs} {...shared} />
      </Half>
      <Half title="dL/d(output)" note="this image">
        {outputGradient ? (
          <TensorImage
            data={outputGradient.data}
            label={`Gradient of feature map ${unit}`}
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
