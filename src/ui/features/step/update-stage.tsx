import { Loader } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { at } from '../../../at';
import type { ResolvedModel } from '../../../model/resolve';
import { OPTIMIZERS } from '../../../model/optimizers';
import type { BatchTrace, BatchUpdate, TensorUpdate } from '../../../train/wire/protocol';
import { formatNumber, formatSetting, formatShape } from '../../kit/words/format';
import { useRunStore } from '../../stores/run-store';
import { beforeTheOptimizer, compareWithTrace, OPTIMIZER_FORMULAS } from './explain';
import { ScrollTable } from './scroll-table';
import { useStepStore } from './step-store';
import classes from './step.module.css';
import { TENSOR_NAMES } from './tensor-names';

interface UpdateStageProps {
  trace: BatchTrace;
  model: ResolvedModel;
  layer: number;
}

/** Shows what the step does to the weights of a layer: before, gradient, change, after. */
export function UpdateStage({ trace, model, layer }: UpdateStageProps) {
  const update = useStepStore((state) => state.update);
  const rate = useStepStore((state) => state.updateRate);
  const rateNow = useRunStore((state) => state.settings.optimizer.learningRate);
  const { kind } = trace.settings.optimizer;
  const { id } = at(model.layers, layer);
  return (
    <>
      <div className={classes.formula}>
        <div className={classes.equations} role="math">
          {OPTIMIZER_FORMULAS[kind].map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
        <div className={classes.formulaNote}>
          {OPTIMIZERS[kind].label} with learning rate η = {formatSetting(rate ?? rateNow)}; w is a weight, g its
          gradient. {beforeTheOptimizer(trace.settings, trace).join(' ')}
        </div>
      </div>
      {update ? (
        <>
          <Verdict {...compareWithTrace(trace, update)} update={update} />
          {update.tensors
            .filter((tensor) => tensor.layer === id)
            .map((tensor) => (
              <TensorUpdateTable key={tensor.name} tensor={tensor} />
            ))}
        </>
      ) : (
        <div className={classes.empty} role="status">
          <Loader size="sm" aria-hidden />
          Training on this batch…
        </div>
      )}
    </>
  );
}

function Verdict({ agrees, words, update }: { agrees: boolean | null; words: string; update: BatchUpdate }) {
  const Icon = agrees ? IconCircleCheck : IconInfoCircle;
  return (
    <div className={classes.verdict} data-agrees={agrees ?? undefined}>
      <Icon size={18} stroke={1.8} aria-hidden />
      <span>
        {words}{' '}
        {!update.halted &&
          'The network has been trained on this batch; going back shows the numbers from before and un-trains nothing.'}
      </span>
    </div>
  );
}

function TensorUpdateTable({ tensor: { name, shape, norms, entries } }: { tensor: TensorUpdate }) {
  const ratio =
    norms.before > 0 ? ` The change is ${formatNumber(norms.change / norms.before)} of the norm before.` : '';
  const average = norms.gradient === undefined;
  return (
    <ScrollTable name={`Change of ${TENSOR_NAMES[name].words}`}>
      <table className={`${classes.table} numeric`}>
        <caption className={classes.caption}>
          <b>{TENSOR_NAMES[name].value}</b> {formatShape(shape)}.
          {average ? ' A running average of the batches, not trained.' : ratio}
        </caption>
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">before</th>
            <th scope="col">gradient</th>
            <th scope="col">change</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          <Numbers name="L2 norm of all" {...norms} />
          {entries.map(({ place, ...numbers }) => (
            <Numbers key={place.join()} name={`[${place.join(', ')}]`} {...numbers} />
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}

interface NumbersProps {
  name: string;
  before: number;
  gradient?: number;
  change: number;
  after: number;
}

function Numbers({ name, before, gradient, change, after }: NumbersProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatNumber(before)}</td>
      <td>{gradient === undefined ? '–' : formatNumber(gradient)}</td>
      <td>{formatNumber(change)}</td>
      <td>{formatNumber(after)}</td>
    </tr>
  );
}
