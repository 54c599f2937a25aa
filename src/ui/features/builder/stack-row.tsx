import { ActionIcon } from '@mantine/core';
import { IconAlertTriangleFilled, IconCopy, IconPower, IconTrash } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { kindOf } from '../../../model/spec';
import { formatShape } from '../../kit/words/format';
import { LayerName } from '../../kit/layer-name';
import { useFormStore } from '../../stores/form-store';
import { useModelStore, type StackReport } from '../../stores/model/model-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './builder.module.css';
import { duplicateLayer, removeLayer, toggleBypass } from './commands';
import { LayerMark } from '../../kit/layer-mark';
import { summaryOf } from '../../kit/words/layer-summary';

interface StackRowProps {
  uid: string;
  report: StackReport;
  selected: boolean;
  /** Begins to carry the layer by keyboard. */
  onPickUp?: PickUp;
}

export type PickUp = (event: KeyboardEvent) => void;

/** The row of a layer: its kind, id, main parameters and output shape. A click opens the form. */
export function StackRow({ uid, report, selected, onPickUp }: StackRowProps) {
  const open = useFormStore((state) => state.uid === uid);
  const toggle = () => {
    if (!open) return useFormStore.getState().open(uid);
    useFormStore.getState().close();
    useModelStore.getState().select(null);
  };
  // Whoever reached the row by keyboard carries the layer with the space bar; after a click the
  // space bar belongs to play and pause.
  const clicked = useRef(false);
  const carries = (event: KeyboardEvent) => event.code === 'Space' && !clicked.current && onPickUp !== undefined;
  const { spec, id, bypassed } = report;
  const { label } = kindOf(spec.kind);
  const summary = summaryOf(spec);
  return (
    <div className={classes.row}>
      <Tooltip
        label={open ? 'Closes its parameters' : 'Opens its parameters, and the layer in the inspector'}
        position="right"
        middlewares={{ flip: { fallbackPlacements: ['top'] } }}
        openDelay={700}
        disabled={open}
      >
        <button
          type="button"
          className={classes.select}
          aria-expanded={open}
          aria-current={selected || undefined}
          aria-label={[bypassed ? `${label}, off` : `${label} ${id}`, summary, outputInWords(report)]
            .filter(Boolean)
            .join(', ')}
          onPointerDown={() => (clicked.current = true)}
          onBlur={() => (clicked.current = false)}
          onKeyDown={(event) => carries(event) && onPickUp?.(event)}
          // Else the browser would take the key for a click.
          onKeyUp={(event) => carries(event) && event.preventDefault()}
          onClick={toggle}
        >
          <LayerMark kind={spec.kind} />
          <span className={classes.names}>
            <span className={classes.title}>
              <span className={classes.label}>{label}</span>
              <span className={bypassed ? classes.off : classes.id}>{bypassed ? 'off' : <LayerName id={id} />}</span>
            </span>
            {summary && <span className={classes.summary}>{summary}</span>}
          </span>
          <Output report={report} />
        </button>
      </Tooltip>
      <ItemActions uid={uid} name={bypassed ? label : id} off={bypassed} />
    </div>
  );
}

function outputInWords({ problem, resolved, bypassed }: StackReport): string | undefined {
  if (bypassed) return undefined;
  return problem ? 'has a problem' : resolved && formatShape(resolved.outputShape);
}

function Output({ report: { problem, resolved, bypassed } }: { report: StackReport }) {
  if (bypassed) return null;
  if (problem) return <IconAlertTriangleFilled size={16} className={classes.warning} aria-label="Has a problem" />;
  return <span className={`${classes.shape} numeric`}>{resolved ? formatShape(resolved.outputShape) : '?'}</span>;
}

function ItemActions({ uid, name, off }: { uid: string; name: string; off?: boolean }) {
  const actions = [
    { does: off ? 'Switch on' : 'Switch off', key: 'B', Icon: IconPower, act: toggleBypass },
    { does: 'Duplicate', key: 'Ctrl+D', Icon: IconCopy, act: duplicateLayer },
    { does: 'Remove', key: 'Delete', Icon: IconTrash, act: removeLayer },
  ];
  return (
    <div className={classes.itemActions}>
      {actions.map(({ does, key, Icon, act }) => (
        <Tooltip key={key} label={`${does} (${key})`}>
          <ActionIcon size={24} aria-label={`${does} ${name}`} onClick={() => act(uid)}>
            <Icon size={14} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
