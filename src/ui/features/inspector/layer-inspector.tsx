import { Tabs } from '@mantine/core';
import type { ErrorReport } from '../../../errors';
import type { ResolvedLayer } from '../../../model/resolve';
import { useCostStore } from '../../stores/cost-store';
import { useModelStore } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { Facts } from './facts';
import { ImageRow } from './image-row';
import { RangePicker } from './range-picker';
import { familyOf, tabNames } from '../../parts/tensors/inspected-layer';
import classes from './inspector.module.css';
import { useInspectorStore, type InspectorTab } from '../../stores/inspector-store';
import { KernelsTab } from './kernels/kernels-tab';
import { MapsTab } from './maps-tab';
import { UnitTab } from './unit-tab';
import { useInspection, type Inspected } from './use-inspection';
import { WeightsTab } from './weights-tab';

const CONTENT: Record<Exclude<InspectorTab, 'kernels'>, (props: { inspected: Inspected }) => React.ReactNode> = {
  weights: WeightsTab,
  maps: MapsTab,
  unit: UnitTab,
};

const TAB_HELP: Record<InspectorTab, string> = {
  weights: 'What the layer has learned, and the gradient of the last step',
  maps: 'What the layer makes of one image, its input, and the gradients of both',
  unit: 'One filter, channel or unit with everything that belongs to it',
  kernels: 'The formula of the layer and the WGSL entry points that compute it, with their source',
};

/**
 * Shows everything about one layer and what it makes of the chosen image.
 * @param uid of the layer in the stack
 */
export function LayerInspector({ uid }: { uid: string }) {
  const index = useModelStore(({ layers }) => layers.findIndex((layer) => layer.uid === uid));
  const layer = useModelStore(({ layers }) => layers[index]);
  const resolved = useModelStore(({ reports }) => reports[index]?.resolved);
  const id = useRunStore((state) => trainedIds(state)[uid]);
  if (!layer) return null;
  return (
    <>
      <Facts family={familyOf(layer)} resolved={resolved} />
      {id && resolved && !layer.bypassed ? (
        <Sections uid={uid} id={id} layer={resolved} />
      ) : (
        <NotTrained bypassed={layer.bypassed} />
      )}
    </>
  );
}

function Sections({ uid, id, layer }: { uid: string; id: string; layer: ResolvedLayer }) {
  const chosen = useInspectorStore((state) => state.tab);
  const showTab = useInspectorStore((state) => state.showTab);
  const names = tabNames(layer);
  const tab = chosen in names ? chosen : 'maps';
  return (
    <>
      <Tabs
        value={tab}
        onChange={(value) => value && showTab(value as InspectorTab)}
        keepMounted={false}
        className={classes.sections}
      >
        <Tabs.List aria-label="Parts of the layer" className={classes.tabs}>
          {Object.entries(names).map(([name, label]) => (
            <Tooltip key={name} label={TAB_HELP[name as InspectorTab]}>
              <Tabs.Tab value={name} className={classes.tab}>
                {label}
              </Tabs.Tab>
            </Tooltip>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.tabPanel}>
          {tab === 'kernels' ? <KernelsTab id={id} layer={layer} /> : <LiveTab uid={uid} tab={tab} />}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Shows the worker's answer about the layer, and renders again with every new answer. */
function LiveTab({ uid, tab }: { uid: string; tab: keyof typeof CONTENT }) {
  const { inspected, error } = useInspection(uid);
  return (
    <>
      {tab === 'weights' ? <RangePicker /> : <ImageRow label={inspected?.inspection.label ?? -1} />}
      <Answer inspected={inspected} error={error} Content={CONTENT[tab]} />
    </>
  );
}

interface AnswerProps {
  inspected: Inspected | null;
  error: ErrorReport | null;
  Content: (props: { inspected: Inspected }) => React.ReactNode;
}

function Answer({ inspected, error, Content }: AnswerProps) {
  const hasData = useRunStore((state) => state.dataset !== null);
  if (!hasData) return <Waiting text="Waiting for the images…" />;
  return (
    <>
      {error && (
        <div className={classes.failed} role="alert">
          The layer could not be read: {error.what} {error.remedy}
        </div>
      )}
      {inspected ? <Content inspected={inspected} /> : !error && <Waiting text="Reading the layer…" tall />}
    </>
  );
}

function NotTrained({ bypassed }: { bypassed?: boolean }) {
  const valid = useModelStore((state) => state.valid);
  const refused = useCostStore((state) => state.cost?.problem);
  if (bypassed)
    return <Waiting text="This layer is switched off: what comes in goes out. Switch it on to look inside." />;
  if (refused)
    return <Waiting text="This layer is not part of the network being trained: the new network is too large." />;
  if (valid) return <Waiting text="The network with this layer is being built…" />;
  return (
    <Waiting
      text={
        'This layer can be looked into once the stack is a whole network. ' + 'Until then the former network is kept.'
      }
    />
  );
}

function Waiting({ text, tall }: { text: string; tall?: boolean }) {
  return <div className={tall ? `${classes.waiting} ${classes.reading}` : classes.waiting}>{text}</div>;
}
