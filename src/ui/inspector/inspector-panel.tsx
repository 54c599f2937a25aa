import { Badge, useComputedColorScheme } from '@mantine/core';
import { IconHandClick } from '@tabler/icons-react';
import { useCallback, useEffect, useRef } from 'react';
import type { ErrorReport } from '../../errors';
import type { ResolvedLayer } from '../../model/resolve';
import type { LayerInspection } from '../../train/protocol';
import { formatCount, formatNumber, formatShape } from '../format';
import { familyColor } from '../palette';
import { useImageStore } from '../prediction/image-store';
import { Panel } from '../shell/panel';
import { useCostStore } from '../stores/cost-store';
import { useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import { familyOf, imageBefore, labelOf } from './inspected-layer';
import classes from './inspector.module.css';
import { ResponseSection } from './response-section';
import { useLive } from './use-live';
import { WeightsSection } from './weights-section';

const REFRESH_MS = 500;

/** What the selected layer holds and what it makes of one image, while it trains. */
export function InspectorPanel() {
  const index = useModelStore(({ layers, selected }) => layers.findIndex(({ uid }) => uid === selected));
  const layer = useModelStore(({ layers }) => layers[index]);
  const report = useModelStore(({ reports }) => reports[index]);
  const panel = useShownWhenFilled(layer?.uid);
  return (
    <div ref={panel} className={classes.inspector}>
      <Panel title="Inspector" note={layer && report ? <LayerNote id={report.id} label={labelOf(layer)} /> : undefined}>
        {layer && report ? (
          <>
            <Facts family={familyOf(layer)} resolved={report.resolved} />
            <Inspection uid={layer.uid} index={index} resolved={report.resolved} />
          </>
        ) : (
          <Nothing />
        )}
      </Panel>
    </div>
  );
}

/** On a narrow page the panel lies below the network: scrolls it into sight when another layer was chosen there. */
function useShownWhenFilled(uid: string | undefined) {
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef(uid);
  useEffect(() => {
    if (uid === before.current) return;
    before.current = uid;
    if (uid && matchMedia('(max-width: 899px)').matches) panel.current?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  }, [uid]);
  return panel;
}

function LayerNote({ id, label }: { id: string; label: string }) {
  return (
    <>
      {label} <b className={classes.id}>{id}</b>
    </>
  );
}

function Nothing() {
  return (
    <div className={classes.nothing}>
      <IconHandClick size={28} stroke={1.4} aria-hidden />
      <strong>Click a layer to look inside</strong>
      <span>See its filters and weights, their gradients, and what it answers to a digit, live while it trains.</span>
    </div>
  );
}

function Facts({ family, resolved }: { family: Parameters<typeof familyColor>[0]; resolved: ResolvedLayer | undefined }) {
  const scheme = useComputedColorScheme('light');
  const color = familyColor(family, scheme);
  return (
    <div className={classes.facts}>
      <Badge size="sm" variant="outline" radius="sm" tt="none" style={{ color, borderColor: color }}>
        {family}
      </Badge>
      {resolved && (
        <>
          <span>
            {formatShape(resolved.inputShape)} → <b>{formatShape(resolved.outputShape)}</b>
          </span>
          <span>
            <b>{formatCount(resolved.parameters)}</b> parameters
          </span>
          {resolved.multiplyAdds > 0 && (
            <span>
              <b>{formatNumber(resolved.multiplyAdds)}</b> multiply-adds per image
            </span>
          )}
        </>
      )}
    </div>
  );
}

function Inspection({ uid, index, resolved }: { uid: string; index: number; resolved: ResolvedLayer | undefined }) {
  const playground = usePlayground();
  const id = useRunStore((state) => state.networkIds[uid]);
  const hasData = useRunStore((state) => state.dataset !== null);
  const choice = useImageStore((state) => state.choice);
  const reports = useModelStore((state) => state.reports);
  const ask = useCallback(() => playground.inspectLayer(id, choice), [playground, id, choice]);
  const { value, error } = useLive<LayerInspection>(id && hasData ? ask : null, REFRESH_MS);
  const shown = value?.layer === id ? value : null;
  if (!id || !resolved) return <NotTrained />;
  if (!hasData) return <Waiting text="Waiting for the images…" />;
  return (
    <>
      {error && <Failed error={error} />}
      {shown ? (
        <>
          <WeightsSection weights={shown.weights} image={imageBefore(reports, index)} />
          <ResponseSection inspection={shown} layer={resolved} />
        </>
      ) : (
        !error && (
          <div className={classes.reading}>
            <Waiting text="Reading the layer…" />
          </div>
        )
      )}
    </>
  );
}

function NotTrained() {
  const valid = useModelStore((state) => state.valid);
  const refused = useCostStore((state) => state.cost?.problem);
  if (refused) return <Waiting text="This layer is not part of the network being trained: the new network is too large." />;
  if (valid) return <Waiting text="The network with this layer is being built…" />;
  return <Waiting text="This layer is not part of the network being trained. It will be once the stack is valid." />;
}

function Waiting({ text }: { text: string }) {
  return <div className={classes.waiting}>{text}</div>;
}

function Failed({ error }: { error: ErrorReport }) {
  return (
    <div className={classes.failed} role="alert">
      The layer could not be read: {error.what} {error.remedy}
    </div>
  );
}
