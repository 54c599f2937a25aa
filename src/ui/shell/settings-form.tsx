import { SegmentedControl, Slider, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OptimizerSettings } from '../../model/settings';
import { NumberBox } from '../builder/number-box';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import classes from './header.module.css';

const KINDS = [
  { value: 'sgd', label: 'SGD' },
  { value: 'momentum', label: 'Momentum' },
  { value: 'adam', label: 'Adam' },
];

interface HyperParameter {
  label: string;
  help: string;
  min: number;
  max: number;
  step: number;
}
const HYPER_PARAMETERS: Record<string, HyperParameter> = {
  momentum: { label: 'Momentum', help: 'Share of the last update that is carried on.', min: 0, max: 0.9999, step: 0.01 },
  beta1: { label: 'Beta 1', help: 'Memory of the mean of the gradients.', min: 0, max: 0.9999, step: 0.01 },
  beta2: { label: 'Beta 2', help: 'Memory of the mean of their squares.', min: 0, max: 0.99999, step: 0.001 },
  epsilon: { label: 'Epsilon', help: 'Added to the denominator: keeps tiny gradients from huge updates.', min: 1e-12, max: 1, step: 1e-7 },
};

function Setting({ label, help, wide, children }: { label: string; help: string; wide?: boolean; children: ReactNode }) {
  return (
    <Tooltip label={help} position="left" openDelay={500}>
      <div className={wide ? classes.wide : undefined}>
        <span className={classes.settingLabel}>{label}</span>
        {children}
      </div>
    </Tooltip>
  );
}

/** All settings of a run. */
export function SettingsForm() {
  return (
    <>
      <OptimizerSettingsForm />
      <RunSettingsForm />
    </>
  );
}

/** Optimizer, its learning rate on a logarithmic slider with exact entry beside it, and its other parameters. */
function OptimizerSettingsForm() {
  const playground = usePlayground();
  const optimizer = useRunStore((state) => state.settings.optimizer);
  const change = (part: Partial<OptimizerSettings> | Record<string, number>) => playground.changeSettings({ optimizer: part });
  return (
    <>
      <Setting wide label="Optimizer" help="How a gradient becomes a change of the weights.">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Optimizer"
          data={KINDS}
          value={optimizer.kind}
          onChange={(kind) => change({ kind: kind as OptimizerSettings['kind'] })}
        />
      </Setting>
      <LearningRate value={optimizer.learningRate} onChange={(learningRate) => change({ learningRate })} />
      {Object.entries(optimizer).map(([name, value]) => {
        const parameter = HYPER_PARAMETERS[name];
        if (!parameter) return null;
        return (
          <Setting key={name} label={parameter.label} help={parameter.help}>
            <NumberBox {...parameter} value={value as number} onChange={(next) => change({ [name]: next })} />
          </Setting>
        );
      })}
    </>
  );
}

function LearningRate({ value, onChange }: { value: number; onChange(value: number): void }) {
  const exponent = Math.log10(Math.max(value, 1e-5));
  return (
    <Setting wide label="Learning rate" help="How far each step goes. Too small crawls, too large jumps over the valley.">
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 96px', gap: 12, alignItems: 'center' }}>
        <Slider
          size="sm"
          thumbLabel="Learning rate slider"
          min={-5}
          max={1}
          step={0.05}
          value={exponent}
          label={null}
          onChange={(at) => onChange(Number((10 ** at).toPrecision(2)))}
        />
        <NumberBox label="Learning rate" value={value} min={0} max={1e6} step={1e-3} onChange={onChange} />
      </div>
    </Setting>
  );
}

/** Everything that begins a new run. */
function RunSettingsForm() {
  const playground = usePlayground();
  const { batchSize, seed, validationSplit } = useRunStore((state) => state.settings);
  const change = (part: object) => playground.changeSettings(part);
  return (
    <>
      <Setting label="Batch size" help="Images per step: the gradient is their mean.">
        <NumberBox integer label="Batch size" min={1} max={4096} value={batchSize} onChange={(next) => change({ batchSize: next })} />
      </Setting>
      <Setting
        label="Validation split"
        help="Share of the training images held back to see how the network does on images it did not learn from."
      >
        <NumberBox
          label="Validation split"
          min={0}
          max={0.9}
          step={0.05}
          value={validationSplit}
          onChange={(next) => change({ validationSplit: next })}
        />
      </Setting>
      <Setting label="Seed" help="The same seed gives the same weights and the same order of images.">
        <NumberBox integer label="Seed" min={0} max={2 ** 32 - 1} value={seed} onChange={(next) => change({ seed: next })} />
      </Setting>
    </>
  );
}
