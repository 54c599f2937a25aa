import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconGripVertical } from '@tabler/icons-react';
import { memo, useEffect } from 'react';
import { kindOf } from '../../../model/spec';
import { bringIntoSight, stackRowId } from '../../kit/into-sight';
import { useFormStore } from '../../stores/form-store';
import { reportFor, useModelStore, type StackReport } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import type { Dragged } from './drag';
import { FormBeside } from './form/form-beside';
import { LayerProblem } from './layer-problem';
import { StackRow, type PickUp } from './stack-row';

/** One layer of the stack: its kind, output shape and problem; its parameters open beside it. */
export const StackItem = memo(function StackItem({ uid }: { uid: string }) {
  const report = useModelStore((state) => reportFor(state, uid));
  const selected = useModelStore((state) => state.selected === uid);
  useEffect(() => {
    if (selected) bringIntoSight(stackRowId(uid));
  }, [selected, uid]);
  if (!report) return null;
  return <Sortable uid={uid} report={report} selected={selected} />;
});

interface ItemProps {
  uid: string;
  report: StackReport;
  selected: boolean;
}

/**
 * The frame and the handle. Only they render again whenever anything is dragged, not what is
 * inside.
 */
function Sortable({ uid, report, selected }: ItemProps) {
  const data: Dragged & { uid: string } = { from: 'stack', uid };
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging, transform, transition } = useSortable({
    id: uid,
    data,
  });
  const { id, bypassed, problem } = report;
  const { label } = kindOf(report.spec.kind);
  return (
    <li
      ref={setNodeRef}
      id={stackRowId(uid)}
      className={classes.item}
      aria-label={bypassed ? `${label} off` : `${id} ${label}`}
      data-uid={uid}
      data-selected={selected || undefined}
      data-off={bypassed}
      data-problem={problem ? true : undefined}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <Handle
        name={bypassed ? label : id}
        setRef={setActivatorNodeRef}
        attributes={attributes}
        listeners={listeners}
        carried={isDragging}
      />
      <Content
        uid={uid}
        report={report}
        selected={selected}
        folded={isDragging}
        onPickUp={listeners?.['onKeyDown'] as PickUp | undefined}
      />
    </li>
  );
}

type SortableParts = ReturnType<typeof useSortable>;
interface HandleProps extends Pick<SortableParts, 'attributes' | 'listeners'> {
  name: string;
  setRef: SortableParts['setActivatorNodeRef'];
  /** Whether a layer is being dragged: the tooltip would then cover the places to drop it. */
  carried: boolean;
}

/** The handle that a layer is dragged by. */
const Handle = memo(function Handle({ name, setRef, attributes, listeners, carried }: HandleProps) {
  return (
    <Tooltip label="Drag to move. By keyboard: Alt + ↑ ↓, or space to pick it up" openDelay={700} disabled={carried}>
      <button
        type="button"
        ref={setRef}
        {...attributes}
        {...listeners}
        className={classes.handle}
        aria-label={`Move ${name}`}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
    </Tooltip>
  );
});

interface ContentProps extends ItemProps {
  /** Whether the layer is being dragged. */
  folded: boolean;
  onPickUp: PickUp | undefined;
}

const Content = memo(function Content({ uid, report, selected, folded, onPickUp }: ContentProps) {
  const open = useFormStore((state) => state.uid === uid);
  return (
    <>
      <StackRow uid={uid} report={report} selected={selected} onPickUp={onPickUp} />
      <LayerProblem uid={uid} report={report} />
      {open && !folded && <FormBeside uid={uid} report={report} />}
    </>
  );
});
