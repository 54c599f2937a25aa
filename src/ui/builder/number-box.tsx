import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { numberProblem } from './number-problem';

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
