import { ExamplePicker } from './example-picker';
import { explain } from './explain';
import { InputStage } from './input-stage';
import { LossStage } from './loss-stage';
import { BackwardStage, ForwardStage } from './pass-stage';
import { stageTitle } from './stages';
import { useStepStore } from './step-store';
import classes from './step.module.css';
import { UpdateStage } from './update-stage';

/** Shows the current stage: what happens in it, and its numbers. */
export function Stage() {
  const trace = useStepStore((state) => state.trace);
  const model = useStepStore((state) => state.model);
  const stage = useStepStore(({ stages, at }) => stages[at]);
  if (!trace || !model || !stage) return null;
  const about = { trace, model };
  return (
    <section className={classes.stage} aria-label="This stage">
      <h3 className="visually-hidden">{stageTitle(stage, model)}</h3>
      <p className={classes.explanation}>{explain(stage, model, trace)}</p>
      {stage.kind !== 'update' && <ExamplePicker trace={trace} />}
      {stage.kind === 'input' && <InputStage {...about} />}
      {stage.kind === 'forward' && <ForwardStage {...about} layer={stage.layer} />}
      {stage.kind === 'loss' && <LossStage {...about} />}
      {stage.kind === 'backward' && <BackwardStage {...about} layer={stage.layer} />}
      {stage.kind === 'update' && <UpdateStage {...about} layer={stage.layer} />}
    </section>
  );
}
