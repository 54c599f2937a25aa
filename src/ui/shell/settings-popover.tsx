import { Button, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { OPTIMIZERS } from '../../model/optimizers';
import { formatSetting } from '../kit/words/format';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import classes from './header.module.css';
import { PanelBoundary } from '../kit/panel-boundary';

const SettingsForm = lazy(() => import('./settings-form').then((module) => ({ default: module.SettingsForm })));

/**
 * The form is never higher than the space below the button, because messages make the form longer
 * and the page behind it does not scroll.
 */
const WITHIN_SCREEN = { size: { padding: 8 } };

/** A button with the hyper-parameters in short, which opens the form to change them. */
export function SettingsPopover() {
  const { optimizer, batchSize } = useRunStore((state) => state.settings);
  const step = `${OPTIMIZERS[optimizer.kind].label} ${formatSetting(optimizer.learningRate)}`;
  return (
    <Popover width={344} position="bottom-end" trapFocus middlewares={WITHIN_SCREEN}>
      <Tooltip label="Optimizer, learning rate, batch size, seed and more">
        <Popover.Target>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconAdjustmentsHorizontal size={16} />}
            aria-label={`Training settings: ${step}, batch ${batchSize}`}
            classNames={{ label: 'numeric' }}
          >
            {step}
            <span className={classes.batch}>
              · <span className={classes.roomy}>batch </span>
              {batchSize}
            </span>
          </Button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown className={classes.settingsFrame}>
        <div className={classes.settings}>
          <PanelBoundary name="The form">
            <Suspense fallback={<div className={classes.settingsPlace} />}>
              <SettingsForm />
            </Suspense>
          </PanelBoundary>
          <p className={`${classes.settingsNote} ${classes.wide}`}>
            The learning rate changes while it trains. Any other setting begins a new run with fresh weights.
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
