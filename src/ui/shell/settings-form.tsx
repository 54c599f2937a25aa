import { NativeSelect, Slider } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { required } from '../../errors';
import type { IntegerField } from '../../model/fields';
import {
  OPTIMIZERS,
  type HyperParameter,
  type OptimizerChange,
  type OptimizerInfo,
  type OptimizerKind,
} from '../../model/optimizers';
import { SETTING_FIELDS, type TrainSettings } from '../../model/settings';
import { CostRefusal } from '../features/builder/cost-refusal';
import { NumberBox } from '../kit/input/number-box';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import { usePlayground } from '../client/use-playground';
import classes from './header.module.css';

const KINDS = Object.entries(OPTIMIZERS).map(([value, { label }]) => ({ value, label }));

/** All settings of a run, built from the tables that also validate them. */
export function SettingsForm() {
  return (
    <>
      <OptimizerForm />
      <hr className={`${classes.settingsRule} ${classes.wide}`} />
      <RunForm />
      <div className={classes.wide}>
        <CostRefusal />
      </div>
    </>
  );
}

/**
 * The optimizer, its learning rate on a logarithmic slider with exact entry beside it, and its
 * other parameters.
 */
function OptimizerForm() {
  const playground = usePlayground();
  const optimizer = useRunStore((state) => state.settings.optimizer);
  const { help, fields }: OptimizerInfo = OPTIMIZERS[optimizer.kind];
  const { learningRate, ...others } = fields;
  const change = (part: OptimizerChange) => playground.changeSettings({ optimizer: part });
  // When a field is removed, it passes on what was last typed into it. By then another optimizer
  // may be chosen that does not have the field.
  const changeOwn = (part: Record<string, number>) => {
    if (useRunStore.getState().settings.optimizer.kind === optimizer.kind)
      playground.changeSettings({ optimizer: part });
  };
  return (
    <>
      <div className={classes.wide}>
        <span className={classes.settingLabel}>Optimizer</span>
        <Tooltip label="How a gradient becomes a change of the weights" position="left">
          <NativeSelect
            size="xs"
            aria-label="Optimizer"
            data={KINDS}
            value={optimizer.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as OptimizerKind })}
          />
        </Tooltip>
        <p className={classes.optimizerHelp}>{help}</p>
      </div>
      <LearningRate
        field={learningRate}
        value={optimizer.learningRate}
        onChange={(next) => change({ learningRate: next })}
      />
      {Object.entries(others).map(([name, field], i) => (
        <NumberSetting
          key={name}
          side={sideOf(i)}
          field={field}
          value={required((optimizer as unknown as Record<string, number>)[name], `setting ${name} of the optimizer`)}
          onChange={(next) => changeOwn({ [name]: next })}
        />
      ))}
    </>
  );
}

/** All other settings; a change of them begins a new run. */
function RunForm() {
  const playground = usePlayground();
  const settings = useRunStore((state) => state.settings);
  return Object.entries(SETTING_FIELDS).map(([name, field], i) => (
    <NumberSetting
      key={name}
      side={sideOf(i)}
      field={field}
      value={settings[name as Exclude<keyof TrainSettings, 'optimizer'>]}
      onChange={(next) => playground.changeSettings({ [name]: next })}
    />
  ));
}

/** Settings are in pairs. The help of each opens outwards, so that it does not cover the other. */
const sideOf = (i: number) => (i % 2 === 0 ? 'left' : 'right');

interface NumberSettingProps<F> {
  field: F;
  value: number;
  onChange: (value: number) => void;
}

function NumberSetting({
  side,
  field,
  value,
  onChange,
}: NumberSettingProps<HyperParameter | IntegerField> & Pick<SettingProps, 'side'>) {
  return (
    <Setting label={field.label} help={field.help} side={side}>
      <FieldBox field={field} value={value} onChange={onChange} />
    </Setting>
  );
}

function FieldBox({ field, ...rest }: NumberSettingProps<HyperParameter | IntegerField>) {
  const { label, min, max } = field;
  const integer = field.type === 'integer';
  const step = integer ? 1 : field.step;
  return (
    <NumberBox
      {...rest}
      label={label}
      integer={integer}
      min={min}
      max={max}
      step={step}
      byFactor={step === undefined}
    />
  );
}

function LearningRate({ field, value, onChange }: NumberSettingProps<HyperParameter>) {
  const exponent = Math.log10(Math.max(value, 1e-5));
  return (
    <Setting wide label={field.label} help={field.help}>
      <div className={classes.learningRate}>
        <Slider
          size="sm"
          thumbLabel="Learning rate slider"
          min={-5}
          max={1}
          step={0.05}
          value={exponent}
          label={null}
          // Otherwise screen readers would read out the logarithm.
          thumbValueText={String(value)}
          onChange={(at) => onChange(Number((10 ** at).toPrecision(2)))}
        />
        <FieldBox field={field} value={value} onChange={onChange} />
      </div>
    </Setting>
  );
}

interface SettingProps {
  label: string;
  help: string;
  /** The side of the form where the help opens. */
  side?: 'left' | 'right';
  wide?: boolean;
  children: ReactNode;
}

/**
 * A control with its label. Its help opens on hover and on focus, and screen readers read it with
 * the group.
 */
function Setting({ label, help, side = 'left', wide, children }: SettingProps) {
  const labelId = useId();
  const helpId = useId();
  return (
    <Tooltip label={help} position={side} openDelay={500}>
      <div className={wide ? classes.wide : undefined} role="group" aria-labelledby={labelId} aria-describedby={helpId}>
        <span id={labelId} className={classes.settingLabel}>
          {label}
        </span>
        {children}
        <span id={helpId} hidden>
          {help}
        </span>
      </div>
    </Tooltip>
  );
}
