import { Button, Group, Popover } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { DatasetInfo } from '../../data/dataset';
import { DATASETS } from '../../data/sets';
import { PanelBoundary } from '../kit/panel-boundary';
import { formatExact, formatPercent } from '../kit/words/format';
import { withPlace } from '../kit/words/sentence';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import { usePlayground } from '../client/use-playground';
import classes from './header.module.css';

const InputScalingForm = lazy(() =>
  import('./input-scaling-form').then((module) => ({ default: module.InputScalingForm })),
);

/** Shows which images are trained on, where they come from, and how the network takes them. */
export function DatasetBadge() {
  const dataset = useRunStore((state) => state.dataset);
  const warning = useRunStore((state) => state.datasetWarning);
  const color = warning ? 'var(--warning)' : dataset ? 'var(--good)' : 'var(--faint)';
  const loading = useRunStore(
    ({ progress }) =>
      progress && `${progress.what} ${progress.fraction === null ? '' : formatPercent(progress.fraction)}`,
  );
  const title = loading ?? dataset?.name ?? 'Loading data';
  return (
    <Popover width={340} position="bottom-end" trapFocus>
      <Tooltip label="The images, where they come from, and how the network takes them">
        <Popover.Target>
          <button type="button" className={classes.badge} aria-label={`Data: ${title}`} data-testid="dataset">
            <span className={classes.dot} style={{ '--dot': color } as React.CSSProperties} aria-hidden />
            <IconDatabase size={16} stroke={1.7} aria-hidden />
            <span className={`${classes.badgeText} numeric`}>{title}</span>
          </button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        {/* The popover gets the focus instead of its first button, because a space bar meant for
            play would press the button. */}
        <div className={classes.pop} tabIndex={-1} data-autofocus>
          <h3>{title}</h3>
          {dataset ? (
            <Facts info={dataset} />
          ) : (
            <p>The images are on their way. You can press play now: training begins when they are here.</p>
          )}
          {warning && <p>{withPlace(warning)}</p>}
          <DatasetButtons current={dataset?.id} />
          <PanelBoundary name="The input scaling">
            <Suspense fallback={<div className={classes.scalingPlace} />}>
              <InputScalingForm />
            </Suspense>
          </PanelBoundary>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Facts({ info }: { info: DatasetInfo }) {
  const { counts, height, width, channels, classes: labels } = info;
  return (
    <>
      <p>{info.source}</p>
      <p className="numeric">
        {formatExact(counts.train)} to train on, {formatExact(counts.validation)} to validate,{' '}
        {formatExact(counts.test)} to test. {height}×{width}×{channels} pixels, {labels}{' '}
        {labels === 1 ? 'class' : 'classes'}.
      </p>
    </>
  );
}

function DatasetButtons({ current }: { current: string | undefined }) {
  const playground = usePlayground();
  return (
    <Group gap={8}>
      {DATASETS.map(({ id, name, help, fallback }) => (
        <Tooltip key={id} label={help}>
          <Button
            size="xs"
            variant="default"
            disabled={current === id}
            // If the data set could not be loaded before, the click tries again.
            onClick={() => playground.pickDataset(id, fallback !== null)}
          >
            {fallback && current === fallback.id ? `Try ${name} again` : name}
          </Button>
        </Tooltip>
      ))}
    </Group>
  );
}
