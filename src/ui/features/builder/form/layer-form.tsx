import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { defaultOf, isInUse, type Field } from '../../../../model/fields';
import { kindOf } from '../../../../model/spec';
import { formatCount, formatShape } from '../../../kit/words/format';
import { useModelStore, type StackReport } from '../../../stores/model/model-store';
import { Tooltip } from '../../../kit/tooltip';
import classes from '../builder.module.css';
import { toggleBypass } from '../commands';
import { FieldControl } from './field-control';
import { withFollowers } from './followers';

interface LayerFormProps {
  uid: string;
  report: StackReport;
}

/**
 * The parameters of a layer, as a form built from the schema of its kind, and what follows from
 * them.
 */
export function LayerForm({ uid, report }: LayerFormProps) {
  // Takes the spec from the stack: its references also count the layers that are switched off.
  const spec = useModelStore((state) => state.layers.find((layer) => layer.uid === uid)?.spec) ?? report.spec;
  const { fields, help, note } = kindOf(spec.kind);
  const values = spec as Record<string, unknown>;
  const faulty = report.problem?.where.field;
  const change = (name: string, value: unknown) =>
    useModelStore.getState().updateLayer(uid, withFollowers(fields, values, { [name]: value }));
  const controlOf = ([name, field]: [string, Field]) => (
    <FieldControl
      key={name}
      uid={uid}
      field={field}
      value={values[name]}
      faulty={faulty === name}
      onChange={(value) => change(name, value)}
    />
  );
  const entries = Object.entries<Field>(fields).filter(([, field]) => isInUse(field, values));
  const advanced = entries.filter(([, field]) => field.advanced);
  const changed = advanced.some(([name, field]) => String(values[name]) !== String(defaultOf(field, values, fields)));
  const atFault = advanced.some(([name]) => name === faulty);
  return (
    <div className={classes.form}>
      {report.bypassed && <Off uid={uid} />}
      <p className={classes.help}>{help}</p>
      {note && <p className={classes.help}>{note}</p>}
      {entries.filter(([, field]) => !field.advanced).map(controlOf)}
      {advanced.length > 0 && (
        <More startOpen={changed} forceOpen={atFault}>
          {advanced.map(controlOf)}
        </More>
      )}
      <Facts report={report} />
    </div>
  );
}

function Off({ uid }: { uid: string }) {
  return (
    <p className={classes.help}>
      This layer is off: the network is built and trained without it.{' '}
      <Tooltip label="Takes the layer into the network again (B)">
        <Button size="compact-xs" variant="default" onClick={() => toggleBypass(uid)}>
          Switch on
        </Button>
      </Tooltip>
    </p>
  );
}

/**
 * Fields that are seldom changed. Open at first if one of them was changed, and as long as the
 * layer's problem is in one of them.
 */
function More({ startOpen, forceOpen, children }: { startOpen: boolean; forceOpen: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(startOpen);
  return (
    <details className={classes.more} open={open || forceOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <Tooltip label="Parameters that are seldom changed">
        <summary>More</summary>
      </Tooltip>
      {children}
    </details>
  );
}

function Facts({ report: { resolved } }: { report: StackReport }) {
  const facts = [
    ['In → out', resolved ? `${formatShape(resolved.inputShape)} → ${formatShape(resolved.outputShape)}` : '–'],
    ['Parameters', resolved ? formatCount(resolved.parameters) : '–'],
    ['Multiply-adds per image', resolved ? formatCount(resolved.multiplyAdds) : '–'],
  ];
  return (
    <dl className={`${classes.facts} numeric`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
