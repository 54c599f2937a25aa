import { NumberInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { numberProblem, stepped } from './number-problem';

interface NumberBoxProps {
  label: string;
  value: number;
  min: number;
  max: number;
  integer?: boolean;
  faulty?: boolean;
  step?: number;
  onChange(value: number): void;
}

/**
 * Exact entry with steppers; with Shift the arrow keys go ten steps. Only a number in range is passed on; while something else stands in the box it says what is
 * expected, and on leaving the box the last good number returns.
 */
export function NumberBox({ label, value, min, max, integer, faulty, step = 1, onChange }: NumberBoxProps) {
  const [draft, setDraft] = useState<string | number | null>(null);
  const problem = draft === null ? null : numberProblem(draft, { min, max, integer });
  const stepFar = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!event.shiftKey || !direction) return;
    event.preventDefault();
    // The input itself would take one step more.
    event.stopPropagation();
    setDraft(null);
    onChange(stepped(value, 10 * direction * step, { min, max }));
  };
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      value={draft ?? value}
      min={min}
      max={max}
      step={step}
      // Also where whole numbers are wanted: "1, 2" is to be refused, not to become 12.
      allowedDecimalSeparators={['.', ',']}
      onPaste={(event) => {
        if (Number.isNaN(Number(event.clipboardData.getData('text')))) event.preventDefault();
      }}
      allowNegative={min < 0}
      clampBehavior="none"
      error={problem ?? faulty}
      classNames={{ input: 'numeric' }}
      onChange={(next) => {
        const good = numberProblem(next, { min, max, integer }) === null;
        // A string is a number still being typed, such as 0. on the way to 0.5.
        setDraft(good && typeof next === 'number' ? null : next);
        if (good && Number(next) !== value) onChange(Number(next));
      }}
      onKeyDownCapture={stepFar}
      onBlur={() => setDraft(null)}
    />
  );
}
