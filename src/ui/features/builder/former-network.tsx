import { Button } from '@mantine/core';
import { Tooltip } from '../../kit/tooltip';
import { formatExact } from '../../kit/words/format';
import { useModelStore } from '../../stores/model/model-store';
import { isTraining, trainedSpec } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { announce } from './announcements';
import classes from './builder.module.css';

/**
 * While the stack cannot be trained: says that the worker still has the former network, and leads
 * back to it.
 */
export function FormerNetwork() {
  const ready = useModelStore((state) => state.valid);
  const former = useRunStore(trainedSpec);
  const shape = useModelStore((state) => state.data.shape);
  const training = useRunStore(isTraining);
  const step = useRunStore((state) => (isTraining(state) ? 0 : state.step));
  if (ready || !former || former.input.join() !== shape.join()) return null;
  const back = () => {
    useModelStore.getState().loadSpec(former, { label: 'back to the former network' });
    announce('Back to the former network.');
  };
  return (
    <p className={classes.former} role="status">
      <span>
        {training
          ? 'The former network goes on training.'
          : `The former network is kept, at step ${formatExact(step)}.`}
      </span>
      <Tooltip label="Puts its layers back into the stack, with their weights; undo brings back yours">
        <Button size="compact-xs" variant="default" onClick={back}>
          Back to it
        </Button>
      </Tooltip>
    </p>
  );
}
