import { useDroppable } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useShallow } from 'zustand/shallow';
import type { LayerReport } from '../../model/resolve';
import { formatCount, formatShape } from '../format';
import { inSentences } from '../sentence';
import { Panel } from '../shell/panel';
import { useModelStore } from '../stores/model-store';
import classes from './builder.module.css';
import { Cost } from './cost';
import { gapId, type Target } from './drag';
import { StackItem } from './stack-item';

/** The stack from input to output. `adding`: a layer is being dragged from the palette, so that gaps show where it would go. */
export function LayerStack({ adding }: { adding: boolean }) {
  const uids = useModelStore(useShallow((state) => state.layers.map((layer) => layer.uid)));
  return (
    <div className={classes.grow}>
      <Panel title="Layer stack" actions={<UndoRedo />}>
        <InputRow />
        <SortableContext items={uids} strategy={verticalListSortingStrategy}>
          <ol className={classes.stack} aria-label="Layers from input to output">
            {uids.map((uid, i) => (
              <Fragment key={uid}>
                <Gap index={i} open={adding} />
                <StackItem uid={uid} />
              </Fragment>
            ))}
            <Gap index={uids.length} open={adding} />
          </ol>
        </SortableContext>
        {uids.length === 0 && (
          <p className={classes.empty}>The stack is empty. Drag a layer here, or take a network from the gallery above.</p>
        )}
        <Totals />
        <Cost />
      </Panel>
    </div>
  );
}

/** Sums over the layers that are understood; the stack says by itself where it is not valid. */
function Totals() {
  const total = (key: 'parameters' | 'multiplyAdds') => (state: { reports: LayerReport[] }) =>
    state.reports.reduce((sum, { resolved }) => sum + (resolved?.[key] ?? 0), 0);
  const parameters = useModelStore(total('parameters'));
  const multiplyAdds = useModelStore(total('multiplyAdds'));
  return (
    <p className={`${classes.totals} numeric`} data-testid="totals">
      <span>
        <strong>{formatCount(parameters)}</strong> parameters
      </span>
      <span>
        <strong>{formatCount(multiplyAdds)}</strong> multiply-adds per image
      </span>
    </p>
  );
}

function UndoRedo() {
  const canUndo = useModelStore((state) => state.past.length > 0);
  const canRedo = useModelStore((state) => state.future.length > 0);
  return (
    <>
      <Tooltip label="Undo (Ctrl+Z)">
        <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={() => useModelStore.getState().undo()}>
          <IconArrowBackUp size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl+Shift+Z)">
        <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={() => useModelStore.getState().redo()}>
          <IconArrowForwardUp size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function InputRow() {
  const shape = useModelStore((state) => formatShape(state.input));
  const problem = useModelStore((state) => state.inputProblem);
  const fit = () => useModelStore.getState().fitInput();
  return (
    <>
      <div className={classes.input}>
        <span>Input image</span>
        <span className="numeric">{shape}</span>
      </div>
      {problem && (
        <div className={classes.problem} role="alert">
          <strong>{inSentences({ what: problem.what, remedy: '' })}</strong> {problem.remedy}{' '}
          <Button size="compact-xs" variant="default" onClick={fit}>
            Fit to the data
          </Button>
        </div>
      )}
    </>
  );
}

function Gap({ index, open }: { index: number; open: boolean }) {
  const data: Target = { gap: index };
  const { setNodeRef, isOver } = useDroppable({ id: gapId(index), data });
  return <li ref={setNodeRef} role="presentation" className={classes.gap} data-over={(open && isOver) || undefined} />;
}
