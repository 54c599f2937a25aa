import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Collapse, Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCopy, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { lazy, memo, Suspense, useEffect } from 'react';
import type { LayerSpec } from '../../model/layers';
import type { LayerReport } from '../../model/resolve';
import { kindOf } from '../../model/spec';
import { formatShape } from '../format';
import { bringIntoSight, stackRowId } from '../into-sight';
import { LayerName } from '../layer-name';
import { inSentences } from '../sentence';
import { reportFor, useModelStore } from '../stores/model-store';
import classes from './builder.module.css';
import type { Dragged } from './drag';
import { LayerMark } from './layer-mark';
import { summaryOf } from './summary';

const LayerForm = lazy(() => import('./layer-form').then((module) => ({ default: module.LayerForm })));

/** One layer of the stack: what it is, what comes out of it, what is wrong with it, and its parameters when selected. */
export const StackItem = memo(function StackItem({ uid }: { uid: string }) {
  const spec = useModelStore((state) => state.layers.find((layer) => layer.uid === uid)?.spec);
  const report = useModelStore((state) => reportFor(state, uid));
  const selected = useModelStore((state) => state.selected === uid);
  const data: Dragged & { uid: string } = { from: 'stack', uid };
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging, transform, transition } = useSortable({ id: uid, data });
  useEffect(() => {
    if (selected) bringIntoSight(stackRowId(uid));
  }, [selected, uid]);
  if (!spec || !report) return null;
  return (
    <li
      ref={setNodeRef}
      id={stackRowId(uid)}
      className={classes.item}
      aria-label={`${report.id} ${kindOf(spec.kind).label}`}
      data-selected={selected || undefined}
      data-problem={report.problem ? true : undefined}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <div className={classes.row}>
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          className={classes.handle}
          aria-label={`Move ${report.id}`}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
        <SelectButton uid={uid} spec={spec} report={report} selected={selected} />
        <ItemActions uid={uid} id={report.id} />
      </div>
      <Problem report={report} />
      <Collapse
        expanded={selected && !isDragging}
        transitionDuration={120}
        onTransitionEnd={() => selected && bringIntoSight(stackRowId(uid))}
      >
        <Suspense>{selected && <LayerForm uid={uid} spec={spec} report={report} />}</Suspense>
      </Collapse>
    </li>
  );
});

interface SelectButtonProps {
  uid: string;
  spec: LayerSpec;
  report: LayerReport;
  selected: boolean;
}

function SelectButton({ uid, spec, report, selected }: SelectButtonProps) {
  const { label } = kindOf(spec.kind);
  const summary = summaryOf(spec);
  const output = report.problem ? 'has a problem' : report.resolved && formatShape(report.resolved.outputShape);
  const name = [`${label} ${report.id}`, summary, output].filter(Boolean).join(', ');
  const toggle = () => useModelStore.getState().select(selected ? null : uid);
  return (
    <button type="button" className={classes.select} aria-expanded={selected} aria-label={name} onClick={toggle}>
      <LayerMark kind={spec.kind} />
      <span className={classes.names}>
        <span className={classes.title}>
          <span className={classes.label}>{label}</span>
          <span className={classes.id}>
            <LayerName id={report.id} />
          </span>
        </span>
        {summary && <span className={classes.summary}>{summary}</span>}
      </span>
      <OutputShape report={report} />
    </button>
  );
}

function Problem({ report: { problem } }: { report: LayerReport }) {
  if (!problem) return null;
  return (
    <div className={classes.problem} role="alert">
      <strong>{inSentences({ what: problem.what, remedy: '' })}</strong> {problem.remedy}
    </div>
  );
}

function OutputShape({ report }: { report: LayerReport }) {
  if (report.problem) return <IconAlertTriangleFilled size={16} className={classes.warning} aria-label="Has a problem" />;
  return <span className={`${classes.shape} numeric`}>{report.resolved ? formatShape(report.resolved.outputShape) : '?'}</span>;
}

function ItemActions({ uid, id }: { uid: string; id: string }) {
  return (
    <div className={classes.itemActions}>
      <Tooltip label="Duplicate">
        <ActionIcon size={24} aria-label={`Duplicate ${id}`} onClick={() => useModelStore.getState().duplicateLayer(uid)}>
          <IconCopy size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove (Delete)">
        <ActionIcon size={24} aria-label={`Remove ${id}`} onClick={() => useModelStore.getState().removeLayer(uid)}>
          <IconTrash size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
