import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { layerIds } from '../../../model/spec';
import { bringIntoSight } from '../../kit/into-sight';
import { inSentences } from '../../kit/words/sentence';
import { specOf, useModelStore, type StackReport } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import { repairLayer } from './commands';
import { offeredRepairs } from './offered-repairs';

const problemId = (uid: string) => `problem-${uid}`;

/**
 * Says what is wrong with a layer, or what the network lacks after its last layer, and offers
 * repairs as buttons if there are some.
 */
export function LayerProblem({ uid, report: { id, problem, unfinished } }: { uid: string; report: StackReport }) {
  const said = problem ?? unfinished;
  const what = said?.what;
  useEffect(() => {
    // Does not scroll while the user is typing: the field would move away.
    if (!what || document.activeElement?.matches('input, textarea')) return;
    // The foot of the stack grows with a problem, and has its new height in the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => bringIntoSight(problemId(uid)));
    });
    return () => cancelAnimationFrame(frame);
  }, [what, uid]);
  if (!said) return null;
  return (
    <div id={problemId(uid)} className={problem ? classes.problem : classes.unfinished} data-problem-text>
      <div role={problem ? 'alert' : 'status'}>
        <strong>
          {problem ? '' : 'Unfinished: '}
          {inSentences({ what: said.what, remedy: '' })}
        </strong>{' '}
        {said.remedy}
      </div>
      <Repairs id={id} />
    </div>
  );
}

function Repairs({ id }: { id: string }) {
  const input = useModelStore((state) => state.input);
  const layers = useModelStore((state) => state.layers);
  const classCount = useModelStore((state) => state.data.classes);
  const repairs = useMemo(() => {
    const spec = specOf({ name: '', input, layers });
    return offeredRepairs(spec, layerIds(spec.layers).indexOf(id), classCount);
  }, [input, layers, classCount, id]);
  if (repairs.length === 0) return null;
  return (
    <div className={classes.repairs} role="group" aria-label={`Repairs of ${id}`}>
      {repairs.map((repair) => (
        <Tooltip key={repair.label} label="Changes the stack in one step; undo takes it back">
          <Button size="compact-xs" variant="default" onClick={() => repairLayer(id, repair)}>
            {repair.label}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}
