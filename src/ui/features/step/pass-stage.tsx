import { IconArrowNarrowLeft, IconArrowNarrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { at } from '../../../at';
import type { Shape } from '../../../model/shape';
import type { ResolvedModel } from '../../../model/resolve';
import { kindOf } from '../../../model/spec';
import type { BatchTrace, WeightTrace } from '../../../train/wire/protocol';
import { summaryOf } from '../../kit/words/layer-summary';
import { formatCount } from '../../kit/words/format';
import { activationName } from './explain';
import { exampleOf, seenExample } from './example-slice';
import { imageBeforeLayer } from '../../parts/tensors/inspected-layer';
import { FormulaBox } from './formula-box';
import { readersOf, sourceOf } from './stages';
import { StatsTable, type StatsRow } from './stats-table';
import { useStepStore } from './step-store';
import classes from './step.module.css';
import { TensorFigure } from './tensor-figure';
import { TENSOR_NAMES } from './tensor-names';

interface PassProps {
  trace: BatchTrace;
  model: ResolvedModel;
  /** Index of the layer in the network. */
  layer: number;
}

/** Shows what a layer receives, what it does with it, and what it passes on. */
export function ForwardStage({ trace, model, layer }: PassProps) {
  const example = useStepStore((state) => state.example);
  const resolved = at(model.layers, layer);
  const { output, stats, weights } = at(trace.layers, layer);
  const before = layer === 0 ? null : at(trace.layers, layer - 1);
  const input = before ? exampleOf(before.output, example) : seenExample(trace, example);
  // Only numbers in 0..1 are an image to look at.
  const gray = !before && !trace.model.inputScaling;
  const { skipFrom } = resolved;
  const skip = skipFrom === undefined ? null : at(trace.layers, skipFrom);
  const phi = activationName(resolved);
  const readers = readersOf(model, layer);
  const rows: StatsRow[] = [
    { key: 'x', name: 'Input x', stats: before ? before.stats.output : trace.inputStats },
    ...(skip ? [{ key: 'skip', name: `Output of ${skip.layer}`, stats: skip.stats.output }] : []),
    ...weights.map(({ name, stats }) => ({ key: name, name: TENSOR_NAMES[name].value, stats })),
    { key: 'y', name: 'Output y', stats: stats.output },
  ];
  return (
    <>
      <FormulaBox formula={kindOf(resolved.spec.kind).formula} pass="forward" note={noteOf(model, layer, phi, trace)} />
      <div className={classes.flow} data-direction="forward">
        <div className={classes.figures}>
          <TensorFigure
            title={`Receives x from ${sourceOf(model, layer)}`}
            label={`Input of ${resolved.id}`}
            tensor={input}
            colors={gray ? 'gray' : 'auto'}
          />
          {skip && (
            <TensorFigure
              title={`Receives, over the skip, from ${skip.layer}`}
              label={`Output of ${skip.layer}, the second input`}
              tensor={exampleOf(skip.output, example)}
            />
          )}
        </div>
        <FlowArrow direction="forward" name={resolved.id} />
        <TensorFigure
          title={`Passes on y ${readers.length > 0 ? `to ${readers.join(' and ')}` : 'as logits to the loss'}`}
          label={`Output of ${resolved.id}`}
          tensor={exampleOf(output, example)}
          highlight={readers.length > 0 ? undefined : trace.labels[example]}
        />
      </div>
      <WeightFigures weights={weights} part="value" image={imageBeforeLayer(model.layers, layer)} />
      <StatsTable caption="Over the whole batch" rows={rows} />
    </>
  );
}

/**
 * Shows the gradient that comes back from the later layers, what this layer computes from it, and
 * what it passes back.
 */
export function BackwardStage({ trace, model, layer }: PassProps) {
  const example = useStepStore((state) => state.example);
  const resolved = at(model.layers, layer);
  const { outputGradient, inputGradient, stats, weights } = at(trace.layers, layer);
  const readers = readersOf(model, layer);
  const gradients = weights.flatMap(({ name, gradientStats }) =>
    gradientStats ? [{ key: name, name: TENSOR_NAMES[name].gradient, stats: gradientStats }] : [],
  );
  const rows: StatsRow[] = [
    { key: 'dy', name: '∂L/∂y received', stats: stats.outputGradient },
    ...gradients,
    { key: 'dx', name: '∂L/∂x passed back', stats: stats.inputGradient },
  ];
  const second = resolved.skipFrom === undefined ? '' : ` and ${at(model.layers, resolved.skipFrom).id}`;
  return (
    <>
      <FormulaBox
        formula={kindOf(resolved.spec.kind).formula}
        pass="backward"
        note={noteOf(model, layer, activationName(resolved), trace)}
      />
      <div className={classes.flow} data-direction="backward">
        <TensorFigure
          title={`Passes back ∂L/∂x to ${sourceOf(model, layer)}${second}`}
          label={`Gradient of the loss by the input of ${resolved.id}`}
          tensor={exampleOf(inputGradient, example)}
          colors="diverging"
        />
        <FlowArrow direction="backward" name={resolved.id} />
        <TensorFigure
          title={`Receives ∂L/∂y from ${readers.length > 0 ? readers.join(' and ') : 'the loss'}`}
          label={`Gradient of the loss by the output of ${resolved.id}`}
          tensor={exampleOf(outputGradient, example)}
          colors="diverging"
          highlight={readers.length > 0 ? undefined : trace.labels[example]}
        />
      </div>
      <WeightFigures weights={weights} part="gradient" image={imageBeforeLayer(model.layers, layer)} />
      <StatsTable caption="Over the whole batch" rows={rows} />
    </>
  );
}

/** Adds what the general formula leaves open for this particular layer. */
function noteOf(model: ResolvedModel, layer: number, phi: string, trace: BatchTrace): ReactNode {
  const { spec } = at(model.layers, layer);
  const own = [summaryOf(spec), phi && `φ = ${phi}`].filter(Boolean).join(', ');
  const random = spec.kind === 'dropout' && spec.rate > 0;
  return (
    <>
      {own && `Here: ${own}.`}
      {random && ` Each step drops other values; shown are those of step ${formatCount(trace.step)}.`}
    </>
  );
}

function FlowArrow({ direction, name }: { direction: 'forward' | 'backward'; name: string }) {
  const Icon = direction === 'forward' ? IconArrowNarrowRight : IconArrowNarrowLeft;
  return (
    <span className={classes.flowArrow} aria-hidden>
      <Icon size={28} stroke={1.6} className={classes.flowIcon} />
      <span className={classes.flowName}>{name}</span>
    </span>
  );
}

interface WeightFiguresProps {
  weights: readonly WeightTrace[];
  part: 'value' | 'gradient';
  /** The shape of the image, if a dense layer reads one as a vector. */
  image: Shape | undefined;
}

/** Shows the weights of a layer, or their gradients, if they are few enough to look at. */
function WeightFigures({ weights, part, image }: WeightFiguresProps) {
  const shown = weights.flatMap((weight) => {
    const tensor = weight[part];
    return tensor ? [{ name: weight.name, tensor }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <div className={classes.pair}>
      {shown.map(({ name, tensor }) => (
        <TensorFigure
          key={name}
          title={TENSOR_NAMES[name][part]}
          label={`${part === 'value' ? '' : 'Gradient of the '}${TENSOR_NAMES[name].words}`}
          tensor={tensor}
          colors="diverging"
          weights
          image={image}
        />
      ))}
    </div>
  );
}
