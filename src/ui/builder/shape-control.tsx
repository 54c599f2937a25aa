import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ShapeField } from '../../model/fields';
import { parseShape } from './parse-shape';

interface ShapeControlProps {
  field: ShapeField;
  value: readonly number[];
  faulty?: boolean;
  labelId: string;
  onChange(value: number[]): void;
}

/** A shape as text, such as 7×7×32. Like a number box it passes on only what is right, and says what is expected. */
export function ShapeControl({ field, value, faulty, labelId, onChange }: ShapeControlProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? null : parseShape(draft, field);
  return (
    <TextInput
      size="xs"
      aria-labelledby={labelId}
      value={draft ?? value.join('×')}
      error={typeof parsed === 'string' ? parsed : faulty}
      classNames={{ input: 'numeric' }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        const shape = parseShape(text, field);
        if (typeof shape !== 'string' && shape.join() !== value.join()) onChange(shape);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
