import { Popover } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { BACKENDS, FALLBACK } from '../../backend/backends';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import classes from './header.module.css';

/** Shows what the training runs on, and how to get WebGPU if it is missing. */
export function BackendBadge() {
  const backend = useRunStore((state) => state.backend);
  const adapter = useRunStore((state) => state.adapter);
  const note = useRunStore((state) => state.backendNote);
  const failed = useRunStore((state) => !state.backend && state.problem !== null);
  const words = backend && BACKENDS[backend];
  const title = words ? words.label : failed ? 'Not started' : 'Starting';
  const color = !backend ? 'var(--faint)' : backend === FALLBACK ? 'var(--warning)' : 'var(--good)';
  return (
    <Popover width={320} position="bottom-end" trapFocus>
      <Tooltip label="What the training runs on">
        <Popover.Target>
          <button
            type="button"
            className={classes.badge}
            aria-label={`Backend: ${title} ${adapter}`}
            data-testid="backend"
          >
            <span className={classes.dot} style={{ '--dot': color } as React.CSSProperties} aria-hidden />
            <IconCpu size={16} stroke={1.7} aria-hidden />
            <span className={classes.badgeText}>{words ? words.short : title}</span>
          </button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <div className={classes.pop} tabIndex={-1} data-autofocus>
          <h3>{title}</h3>
          {adapter && adapter !== title && <p>{adapter}</p>}
          {words && <p>{words.about}</p>}
          {note && <p>{note}</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
