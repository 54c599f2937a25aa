import { NumberInput } from '@mantine/core';
import { useState } from 'react';

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

/** What is wrong with a typed number, in words; null when nothing is. */
export function numberProblem(text: string | number, { min, max, integer }: Pick<NumberBoxProps, 'min' | 'max' | 'integer'>): string | null {
  const value = typeof text === 'number' ? text : Number(text);
  const range = `${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`;
  if (text === '' || !Number.isFinite(value)) return `A number from ${range}.`;
  if (integer && !Number.isInteger(value)) return `A whole number from ${range}.`;
  return value < min || value > max ? `From ${range}.` : null;
}

/**
 * Exact entry with steppers. Only a number in range is passed on; while something else stands in the box it says what is
 * expected, and on leaving the box the last good number returns.
 */
export function NumberBox({ label, value, min, max, integer, faulty, step = 1, onChange }: NumberBoxProps) {
  const [draft, setDraft] = useState<string | number | null>(null);
  const problem = draft === null ? null : numberProblem(draft, { min, max, integer });
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      value={draft ?? value}
      min={min}
      max={max}
      step={step}
      allowDecimal={!integer}
      allowNegative={min < 0}
      clampBehavior="none"
      error={problem ?? faulty}
      classNames={{ input: 'numeric' }}
      onChange={(next) => {
        const good = numberProblem(next, { min, max, integer }) === null;
        setDraft(good ? null : next);
        if (good && Number(next) !== value) onChange(Number(next));
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
