import { useState, type ReactNode } from 'react';
import { defaultOf, isInUse, type Field } from '../../model/fields';
import type { LayerReport } from '../../model/resolve';
import type { LayerSpec } from '../../model/layers';
import { kindOf } from '../../model/spec';
import { formatCount, formatShape } from '../format';
import { useModelStore } from '../stores/model-store';
import classes from './builder.module.css';
import { FieldControl } from './field-control';
import { withFollowers } from './followers';

interface LayerFormProps {
  uid: string;
  spec: LayerSpec;
  report: LayerReport;
}

/** The parameters of a layer, made from its kind's schema, and what follows from them. */
export function LayerForm({ uid, spec, report }: LayerFormProps) {
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

/** Fields that are seldom changed. Open from the start where one of them was, and as long as one of them is the layer's problem. */
function More({ startOpen, forceOpen, children }: { startOpen: boolean; forceOpen: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(startOpen);
  return (
    <details className={classes.more} open={open || forceOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>More</summary>
      {children}
    </details>
  );
}

function Facts({ report: { resolved } }: { report: LayerReport }) {
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
