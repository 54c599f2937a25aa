import { Button, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { formatNumber } from '../format';
import { useRunStore } from '../stores/run-store';
import classes from './header.module.css';
import { OptimizerSettingsForm, RunSettingsForm } from './settings-form';

const NAMES = { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam' } as const;

/** The hyper-parameters in short, and the form to change them. */
export function SettingsPopover() {
  const { optimizer, batchSize } = useRunStore((state) => state.settings);
  const summary = `${NAMES[optimizer.kind]} ${formatNumber(optimizer.learningRate)} · ${batchSize}`;
  return (
    <Popover width={344} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconAdjustmentsHorizontal size={16} />}
          aria-label={`Training settings: ${summary}`}
          classNames={{ label: 'numeric' }}
        >
          {summary}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.settings}>
          <OptimizerSettingsForm />
          <RunSettingsForm />
          <p className={`${classes.settingsNote} ${classes.wide}`}>
            The learning rate changes while it trains. Any other setting begins a new run with fresh weights.
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
