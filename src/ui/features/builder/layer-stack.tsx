import { useDroppable } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { ActionIcon, Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { Fragment, type CSSProperties } from 'react';
import { useShallow } from 'zustand/shallow';
import { smallestLayers } from '../../../model/editing/repair-candidates';
import { formatShape } from '../../kit/words/format';
import { scalingWords } from '../../kit/words/scaling-words';
import { inSentences } from '../../kit/words/sentence';
import { Panel } from '../../kit/panel';
import { useModelStore } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import { StackAnnouncements } from './announcements';
import classes from './builder.module.css';
import { clearStack, repairLayer } from './commands';
import { Cost } from './cost';
import { gapId, STACK_AREA, type Target } from './drag';
import { FormerNetwork } from './former-network';
import { KeysHelp } from './keys-help';
import { StackItem } from './stack-item';
import { onStackKey } from './stack-keys';
import { Totals } from './totals';
import { UndoRedo } from './undo-redo';

/** A constant, since the observer starts again for every new object. */
const BORDER_BOX = { box: 'border-box' } as const;

/**
 * The stack from input to output.
 * @param adding a layer is being dragged from the palette: gaps show where it would go
 */
export function LayerStack({ adding }: { adding: boolean }) {
  const uids = useModelStore(useShallow((state) => state.layers.map((layer) => layer.uid)));
  const actions = (
    <>
      <UndoRedo />
      <ClearStack />
      <KeysHelp />
    </>
  );
  const { setNodeRef: area } = useDroppable({ id: STACK_AREA });
  const { ref: foot, height: footHeight } = useElementSize<HTMLDivElement>(BORDER_BOX);
  return (
    <div ref={area} className={classes.grow} style={{ '--foot-height': `${footHeight}px` } as CSSProperties}>
      <Panel title="Layer stack" actions={actions}>
        <InputRow />
        <SortableContext items={uids} strategy={verticalListSortingStrategy}>
          {/* Handles the keys for the element in the list that has the focus. */}
          <ol
            className={classes.stack}
            aria-label="Layers from input to output"
            data-stack
            tabIndex={-1}
            onKeyDown={onStackKey}
          >
            {uids.map((uid, i) => (
              <Fragment key={uid}>
                <Gap index={i} open={adding} />
                <StackItem uid={uid} />
              </Fragment>
            ))}
            <Gap index={uids.length} open={adding} />
          </ol>
        </SortableContext>
        <Nothing />
        <StackAnnouncements />
        <div ref={foot} className={classes.foot}>
          <FormerNetwork />
          <Totals />
          <Cost />
        </div>
      </Panel>
    </div>
  );
}

/** Takes all layers away; one undo brings them back. */
function ClearStack() {
  const empty = useModelStore((state) => state.layers.length === 0);
  return (
    <Tooltip label={empty ? 'The stack is empty' : 'Clear: takes all layers away; undo brings them back'}>
      <ActionIcon
        aria-label="Clear the stack"
        aria-disabled={empty}
        data-disabled={empty || undefined}
        onClick={clearStack}
      >
        <IconTrash size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Says what to do about a stack in which no layer is switched on. */
function Nothing() {
  const empty = useModelStore((state) => state.layers.length === 0);
  const nothing = useModelStore((state) => state.layers.every(({ bypassed }) => bypassed));
  const classCount = useModelStore((state) => state.data.classes);
  if (!nothing) return null;
  if (!empty) return <p className={classes.empty}>Every layer is off: switch one on to have a network.</p>;
  const start = { label: 'Add Flatten and Dense', at: 0, insert: smallestLayers(classCount) };
  return (
    <p className={classes.empty}>
      The stack is empty. Drag a layer here, take a network from the gallery above, or begin with the smallest one:{' '}
      <Tooltip label="The smallest network there is: the pixels as a list, and a unit for each class">
        <Button size="compact-xs" variant="default" onClick={() => repairLayer('', start)}>
          {start.label}
        </Button>
      </Tooltip>
    </p>
  );
}

function InputRow() {
  const input = useModelStore((state) => `${formatShape(state.input)}, ${scalingWords(state.inputScaling)}`);
  const problem = useModelStore((state) => state.inputProblem);
  const fit = () => useModelStore.getState().fitInput();
  return (
    <>
      <div className={classes.input}>
        <span>Input image</span>
        <span className="numeric">{input}</span>
      </div>
      {problem && (
        <div className={classes.problem} role="alert">
          <strong>{inSentences({ what: problem.what, remedy: '' })}</strong> {problem.remedy}{' '}
          <Tooltip label="Gives the network the size of the images at hand">
            <Button size="compact-xs" variant="default" onClick={fit}>
              Fit to the data
            </Button>
          </Tooltip>
        </div>
      )}
    </>
  );
}

function Gap({ index, open }: { index: number; open: boolean }) {
  const data: Target = { gap: index };
  const { setNodeRef, isOver } = useDroppable({ id: gapId(index), data });
  return <li ref={setNodeRef} aria-hidden className={classes.gap} data-over={(open && isOver) || undefined} />;
}
