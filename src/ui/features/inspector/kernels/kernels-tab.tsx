import { useCallback, useState } from 'react';
import { BACKENDS, type BackendName } from '../../../../backend/backends';
import type { Formula } from '../../../../model/layer-kind';
import type { ResolvedLayer } from '../../../../model/resolve';
import { kindOf } from '../../../../model/spec';
import { REFRESH_MS } from '../../../../pace';
import type { Requests } from '../../../../train/wire/protocol';
import { useLive } from '../../../client/use-live';
import { useRunStore } from '../../../stores/run-store';
import { SourceLink } from '../../../kit/source-link';
import { Tooltip } from '../../../kit/tooltip';
import { usePlayground } from '../../../client/use-playground';
import classes from '../inspector.module.css';
import { ShaderView } from './shader-view';

type Kernel = Requests['kernels']['result'][number];

/**
 * The formula of a layer and the kernels that computed it in the last training step, with their
 * source.
 */
export function KernelsTab({ id, layer }: { id: string; layer: ResolvedLayer }) {
  const kind = kindOf(layer.spec.kind);
  return (
    <>
      <FormulaView formula={kind.formula} note={kind.note} />
      <Kernels id={id} />
    </>
  );
}

function FormulaView({ formula: { forward, backward, where, source }, note }: { formula: Formula; note?: string }) {
  return (
    <section className={classes.formulas} aria-label="Formula">
      <h3 className={classes.heading}>Forward</h3>
      <Equations lines={forward} name="Formula forward" />
      <h3 className={classes.heading}>Backward</h3>
      <Equations lines={backward} name="Formula backward" />
      {where && <p className={classes.check}>{where}</p>}
      {note && <p className={classes.check}>{note}</p>}
      <p className={classes.check}>
        Source: <SourceLink href={source.url}>{source.title}</SourceLink>
      </p>
    </section>
  );
}

function Equations({ lines, name }: { lines: readonly string[]; name: string }) {
  return (
    <div className={classes.equations} role="group" aria-label={name} tabIndex={0}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

function Kernels({ id }: { id: string }) {
  const playground = usePlayground();
  const backend = useRunStore((state) => state.backend);
  const ask = useCallback(() => playground.ask('kernels', { layer: id }), [playground, id]);
  const { value, error } = useLive(ask, REFRESH_MS.kernels);
  return (
    <section className={classes.kernels} aria-label="Kernels">
      <h3 className={classes.heading}>
        Kernels <span className={classes.note}>of one training step, in the order in which they run</span>
      </h3>
      {error && (
        <div className={classes.failed} role="alert">
          {error.what} {error.remedy}
        </div>
      )}
      <KernelList kernels={value} backend={backend} />
    </section>
  );
}

function KernelList({ kernels, backend }: { kernels: Kernel[] | null; backend: BackendName | null }) {
  const [open, setOpen] = useState<number | null>(null);
  if (!kernels) return <div className={classes.waiting}>Asking for the kernels…</div>;
  if (backend && !BACKENDS[backend].shaders) {
    return (
      <div className={classes.waiting}>
        There is no GPU here: the reference implementation in TypeScript ran, and no shader.
      </div>
    );
  }
  if (kernels.length === 0)
    return <div className={classes.waiting}>None: the layer only reads the same memory in another shape.</div>;
  return (
    <ol className={classes.kernelList}>
      {kernels.map((kernel, i) => (
        <li key={i}>
          <Tooltip label={open === i ? 'Closes the source' : 'Shows the WGSL source, at this entry point'}>
            <button
              type="button"
              className={classes.kernel}
              aria-expanded={open === i}
              onClick={() => setOpen(open === i ? null : i)}
            >
              <span className={classes.phase}>{kernel.phase}</span>
              <b>{kernel.entryPoint}</b>
              <span className={classes.note}>
                {kernel.shader}.wgsl, {kernel.workgroups.filter((n, axis) => axis === 0 || n > 1).join('×')} workgroups
                {kernel.shared && ', for all layers together'}
              </span>
            </button>
          </Tooltip>
          {open === i && <ShaderView kernel={kernel} />}
        </li>
      ))}
    </ol>
  );
}
