import { IconHandClick } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Panel } from '../../kit/panel';
import { useModelStore } from '../../stores/model/model-store';
import { labelOf } from '../../parts/tensors/inspected-layer';
import classes from './inspector.module.css';
import { LayerInspector } from './layer-inspector';

/** Shows what the selected layer holds and what it makes of one image, also while it trains. */
export function InspectorPanel() {
  const index = useModelStore(({ layers, selected }) => layers.findIndex(({ uid }) => uid === selected));
  const layer = useModelStore(({ layers }) => layers[index]);
  const id = useModelStore(({ reports }) => reports[index]?.id);
  const panel = useShownWhenFilled(layer?.uid);
  return (
    <div ref={panel} className={classes.inspector}>
      <Panel title="Inspector" note={layer && id ? <LayerNote id={id} label={labelOf(layer)} /> : undefined}>
        {layer ? <LayerInspector key={layer.uid} uid={layer.uid} /> : <Nothing />}
      </Panel>
    </div>
  );
}

/**
 * Scrolls the panel into view when another layer is selected: on a narrow page it lies below the
 * network, out of sight.
 */
function useShownWhenFilled(uid: string | undefined) {
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef(uid);
  useEffect(() => {
    if (uid === before.current) return;
    before.current = uid;
    if (!uid || !matchMedia('(max-width: 899px)').matches) return;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    panel.current?.scrollIntoView({ block: 'start', behavior });
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
      <span>See its filters and weights, their gradients, and what it answers to an image, live while it trains.</span>
    </div>
  );
}
