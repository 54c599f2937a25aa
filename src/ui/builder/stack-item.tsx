import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Collapse, Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCopy, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import type { LayerReport } from '../../model/resolve';
import { kindOf } from '../../model/spec';
import { formatShape } from '../format';
import { inSentences } from '../sentence';
import { reportFor, useModelStore } from '../stores/model-store';
import classes from './builder.module.css';
import type { Dragged } from './drag';
import { FamilyMark } from './family-mark';
import { LayerForm } from './layer-form';
import { summaryOf } from './summary';

/** One layer of the stack: what it is, what comes out of it, what is wrong with it, and its parameters when selected. */
export const StackItem = memo(function StackItem({ uid }: { uid: string }) {
  const spec = useModelStore((state) => state.layers.find((layer) => layer.uid === uid)?.spec);
  const report = useModelStore((state) => reportFor(state, uid));
  const selected = useModelStore((state) => state.selected === uid);
  const data: Dragged & { uid: string } = { from: 'stack', uid };
  const sortable = useSortable({ id: uid, data });
  if (!spec || !report) return null;
  const { label, family } = kindOf(spec.kind);
  return (
    <li
      ref={sortable.setNodeRef}
      className={classes.item}
      aria-label={`${report.id} ${label}`}
      data-selected={selected || undefined}
      data-problem={report.problem ? true : undefined}
      data-dragging={sortable.isDragging || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <div className={classes.row}>
        <button
          type="button"
          ref={sortable.setActivatorNodeRef}
          {...sortable.attributes}
          {...sortable.listeners}
          className={classes.handle}
          aria-label={`Move ${report.id}`}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
        <button
          type="button"
          className={classes.select}
          aria-expanded={selected}
          onClick={() => useModelStore.getState().select(selected ? null : uid)}
        >
          <FamilyMark family={family} />
          <span className={classes.names}>
            <span className={classes.label}>
              {label} <span className={classes.id}>{report.id}</span>
            </span>
            <span className={classes.summary}>{summaryOf(spec) || kindOf(spec.kind).family}</span>
          </span>
          <OutputShape report={report} />
        </button>
        <ItemActions uid={uid} id={report.id} />
      </div>
      {report.problem && (
        <div className={classes.problem} role="alert">
          <strong>{inSentences({ what: report.problem.what, remedy: '' })}</strong> {report.problem.remedy}
        </div>
      )}
      <Collapse expanded={selected && !sortable.isDragging} transitionDuration={120}>
        {selected && <LayerForm uid={uid} spec={spec} report={report} />}
      </Collapse>
    </li>
  );
});

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
