import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Tooltip } from './tooltip';

interface Option {
  value: string;
  label: string;
  /** What choosing it means, in a line. */
  help: string;
  disabled?: boolean;
}

/** Options of a SegmentedControl that show on hover and on focus what they mean. */
export function explained(options: readonly Option[]): { value: string; label: ReactNode; disabled?: boolean }[] {
  return options.map(({ value, label, help, disabled }) => ({
    value,
    disabled,
    label: <Explained label={label} help={help} />,
  }));
}

/** The radio button whose label contains the element. */
const radioOf = (element: HTMLElement | null) => element?.closest('label')?.control;

/** The radio button has the focus, but cannot be given a description. */
function Explained({ label, help }: Pick<Option, 'label' | 'help'>) {
  const text = useRef<HTMLSpanElement>(null);
  const helpId = useId();
  useEffect(() => radioOf(text.current)?.setAttribute('aria-describedby', helpId), [helpId]);
  return (
    <>
      <Tooltip label={help} focusOf={radioOf}>
        <span ref={text}>{label}</span>
      </Tooltip>
      <span id={helpId} hidden>
        {help}
      </span>
    </>
  );
}
