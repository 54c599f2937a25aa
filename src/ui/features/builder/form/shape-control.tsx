import { TextInput } from '@mantine/core';
import type { ShapeField } from '../../../../model/fields';
import { parseShape } from './parse-shape';
import { useEntry } from '../../../kit/input/use-entry';

interface ShapeControlProps {
  field: ShapeField;
  value: readonly number[];
  faulty?: boolean;
  labelId: string;
  onChange: (value: readonly number[]) => void;
}

const show = (shape: readonly number[]) => shape.join('×');

/**
 * A text box for a shape such as 7×7×32. Like a number box, it accepts only what is complete and
 * right, and says what is expected.
 */
export function ShapeControl({ field, value, faulty, labelId, onChange }: ShapeControlProps) {
  const { input, text, problem, write, commit } = useEntry<readonly number[]>({
    value,
    show,
    read: (typing) => parseShape(typing, field),
    onChange,
  });
  return (
    <TextInput
      ref={input}
      size="xs"
      aria-labelledby={labelId}
      autoComplete="off"
      spellCheck={false}
      value={text}
      error={problem ?? faulty}
      errorProps={{ role: 'alert' }}
      classNames={{ input: 'numeric' }}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      onBlur={commit}
    />
  );
}
