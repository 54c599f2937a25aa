import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconAlertTriangle, IconCpu, IconDatabaseOff, IconPlayerStop } from '@tabler/icons-react';
import { useLayoutEffect, useState } from 'react';
import { DATASETS, DEFAULT_DATASET } from '../../data/sets';
import { DocumentBanners } from '../features/document/document-banners';
import { formatExact } from '../kit/words/format';
import { inSentences, withPlace } from '../kit/words/sentence';
import { shownFault, useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import { usePlayground } from '../client/use-playground';
import { Banner } from '../kit/banner';
import classes from './banners.module.css';
import { DismissButton } from '../kit/dismiss-button';

/**
 * Messages that the user has to see now: failures with their remedy, a halted run, and data or a
 * backend that replaced the intended one.
 */
export function Banners() {
  const { ref, height } = useElementSize();
  useLayoutEffect(() => document.documentElement.style.setProperty('--banners-height', `${height}px`), [height]);
  return (
    <div className={classes.banners} ref={ref}>
      <ProblemBanner />
      <HaltedBanner />
      <DocumentBanners />
      <DatasetBanner />
      <BackendBanner />
    </div>
  );
}

function ProblemBanner() {
  const problem = useRunStore((state) => state.problem);
  if (!problem) return null;
  const close = <DismissButton onClick={() => useRunStore.setState({ problem: null })} />;
  const reload = (
    <Tooltip label="The network and its settings come back, and the weights that this browser stored last">
      <Button size="compact-sm" color="red" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </Tooltip>
  );
  return (
    <Banner tone="danger" role="alert" icon={<IconAlertTriangle size={18} />} action={problem.fatal ? reload : close}>
      {withPlace(problem.error)}
    </Banner>
  );
}

function HaltedBanner() {
  const fault = useRunStore(shownFault);
  const playground = usePlayground();
  if (!fault) return null;
  const actions = (
    <>
      <Tooltip label="Fresh weights, step 0, with the same network and settings">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void playground.reset().catch(playground.showProblem)}
        >
          Start over
        </Button>
      </Tooltip>
      <DismissButton onClick={() => useRunStore.setState({ dismissedFault: fault })} />
    </>
  );
  return (
    <Banner tone="danger" role="alert" icon={<IconPlayerStop size={18} />} action={actions}>
      <strong>
        Stopped at step {formatExact(fault.step)}
        {fault.layer && `, layer ${fault.layer}`}.
      </strong>{' '}
      {inSentences(fault.error)}
    </Banner>
  );
}

function DatasetBanner() {
  const warning = useRunStore((state) => state.datasetWarning);
  const wanted = useRunStore(({ datasetChoice }) => DATASETS.find(({ id }) => id === datasetChoice) ?? DEFAULT_DATASET);
  const instead = useRunStore(({ dataset }) => DATASETS.find(({ id }) => id === dataset?.id));
  const playground = usePlayground();
  if (!warning || !instead) return null;
  const actions = (
    <>
      <Tooltip label={`Downloads ${wanted.name} once more; until it is here, the ${instead.inSentence} stay`}>
        <Button size="compact-sm" variant="default" onClick={() => playground.pickDataset(wanted.id, true)}>
          Try again
        </Button>
      </Tooltip>
      <DismissButton onClick={() => useRunStore.setState({ datasetWarning: null })} />
    </>
  );
  return (
    <Banner tone="warning" role="status" icon={<IconDatabaseOff size={18} />} action={actions}>
      <strong>Training on {instead.inSentence}.</strong> {withPlace(warning)}
    </Banner>
  );
}

/**
 * Says why training runs on the CPU, and how to get WebGPU. Once the user has closed it, only the
 * badge of the backend shows this.
 */
function BackendBanner() {
  const note = useRunStore((state) => state.backendNote);
  const [read, setRead] = useState('');
  if (!note || note === read) return null;
  const asked = new URLSearchParams(location.search).has('backend');
  const actions = (
    <>
      {asked && (
        <Tooltip label="Opens the page again without the part of its address that asks for the CPU">
          <Button component="a" href={location.pathname} size="compact-sm" variant="default">
            Use WebGPU
          </Button>
        </Tooltip>
      )}
      <DismissButton onClick={() => setRead(note)} />
    </>
  );
  return (
    <Banner tone="info" role="status" icon={<IconCpu size={18} />} action={actions}>
      {note}
    </Banner>
  );
}
