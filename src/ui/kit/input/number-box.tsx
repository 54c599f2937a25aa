import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import classes from './number-box.module.css';
import { parseNumber, scaled, spansMagnitudes, stepped } from './parse-number';
import { useEntry } from './use-entry';

interface NumberBoxProps {
  label: string;
  value: number;
  min: number;
  max: number;
  integer?: boolean;
  faulty?: boolean;
  step?: number;
  /** Whether steps multiply instead of adding. */
  byFactor?: boolean;
  onChange: (value: number) => void;
}

const DIRECTIONS: Record<string, number> = { ArrowUp: 1, ArrowDown: -1 };

/**
 * A box for exact numbers such as 1e-4, with steppers. The arrow keys step too, ten times as far
 * with Shift. A typed number counts when Enter is pressed or the box loses the focus, and only if
 * it is in range; otherwise the box says what is expected and which value still applies.
 */
export function NumberBox({ label, value, min, max, integer, faulty, step = 1, byFactor, onChange }: NumberBoxProps) {
  const limits = { min, max, integer };
  const multiplies = byFactor ?? spansMagnitudes(limits);
  const { input, text, problem, write, commit, take, typed } = useEntry({
    value,
    show: String,
    read: (typing) => parseNumber(typing, limits),
    onChange,
  });
  const stepBy = (steps: number) =>
    take(multiplies ? scaled(typed(), steps, limits) : stepped(typed(), steps * step, limits));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return commit();
    const direction = DIRECTIONS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stepBy(event.shiftKey ? 10 * direction : direction);
  };
  return (
    <TextInput
      ref={input}
      size="xs"
      aria-label={label}
      // The number keyboards of a phone have no minus sign.
      inputMode={min < 0 ? 'text' : integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      value={text}
      error={problem ?? faulty}
      errorProps={{ role: 'alert' }}
      classNames={{ root: classes.root, wrapper: classes.wrapper, input: `${classes.input} numeric` }}
      rightSection={<Steppers label={label} atMin={value <= min} atMax={value >= max} onStep={stepBy} />}
      rightSectionWidth="var(--stepper-width)"
      rightSectionPointerEvents="all"
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  );
}

interface SteppersProps {
  label: string;
  atMin: boolean;
  atMax: boolean;
  onStep: (steps: 1 | -1) => void;
}

/**
 * The steppers are not in the Tab order, as the arrow keys do the same. Pressing one leaves the
 * focus in the box, and with it the number being typed.
 */
function Steppers({ label, atMin, atMax, onStep }: SteppersProps) {
  const parts = [
    { name: 'Increase', by: 1, atEnd: atMax, Icon: IconChevronUp },
    { name: 'Decrease', by: -1, atEnd: atMin, Icon: IconChevronDown },
  ] as const;
  return (
    <span className={classes.steppers}>
      {parts.map(({ name, by, atEnd, Icon }) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          aria-label={`${name} ${label}`}
          className={classes.stepper}
          disabled={atEnd}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onStep(by)}
        >
          <Icon size={12} stroke={2} aria-hidden />
        </button>
      ))}
    </span>
  );
}
