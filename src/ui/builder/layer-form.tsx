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
  const { fields, help } = kindOf(spec.kind);
  const values = spec as Record<string, unknown>;
  const change = (name: string, value: unknown) =>
    useModelStore.getState().updateLayer(uid, withFollowers(fields, values, { [name]: value }));
  return (
    <div className={classes.form}>
      <p className={classes.help}>{help}</p>
      {Object.entries(fields).map(([name, field]) => (
        <FieldControl
          key={name}
          field={field}
          value={values[name]}
          faulty={report.problem?.where.field === name}
          onChange={(value) => change(name, value)}
        />
      ))}
      <Facts report={report} />
    </div>
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
