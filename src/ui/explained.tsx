import { Tooltip } from '@mantine/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

interface Option {
  value: string;
  label: string;
  /** What choosing it means, in a line. */
  help: string;
  disabled?: boolean;
}

/** Options of a SegmentedControl that say on hover and on focus what they mean. */
export function explained(options: readonly Option[]): { value: string; label: ReactNode; disabled?: boolean }[] {
  return options.map(({ value, label, help, disabled }) => ({ value, disabled, label: <Explained label={label} help={help} /> }));
}

/** The focus is on the radio button that this is the label of, where the tooltip by itself does not see it. */
function Explained({ label, help }: Pick<Option, 'label' | 'help'>) {
  const text = useRef<HTMLSpanElement>(null);
  const [focused, setFocused] = useState(false);
  const helpId = useId();
  useEffect(() => {
    const radio = text.current?.closest('label')?.control;
    const update = () => setFocused(radio?.matches(':focus-visible') ?? false);
    radio?.setAttribute('aria-describedby', helpId);
    radio?.addEventListener('focus', update);
    radio?.addEventListener('blur', update);
    return () => {
      radio?.removeEventListener('focus', update);
      radio?.removeEventListener('blur', update);
    };
  }, [helpId]);
  return (
    <>
      <Tooltip label={help} opened={focused || undefined}>
        <span ref={text}>{label}</span>
      </Tooltip>
      <span id={helpId} hidden>
        {help}
      </span>
    </>
  );
}
