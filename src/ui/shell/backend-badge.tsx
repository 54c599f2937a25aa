import { Popover } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import classes from './header.module.css';

/** Shows what the training runs on, and how to get WebGPU if it is missing. */
export function BackendBadge() {
  const backend = useRunStore((state) => state.backend);
  const adapter = useRunStore((state) => state.adapter);
  const note = useRunStore((state) => state.backendNote);
  const failed = useRunStore((state) => !state.backend && state.problem !== null);
  const title =
    backend === 'webgpu' ? 'WebGPU' : backend === 'cpu' ? 'CPU reference' : failed ? 'Not started' : 'Starting';
  const color = backend === 'webgpu' ? 'var(--good)' : backend === 'cpu' ? 'var(--warning)' : 'var(--faint)';
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
            <span className={classes.badgeText}>{backend === 'cpu' ? 'CPU' : title}</span>
          </button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <div className={classes.pop} tabIndex={-1} data-autofocus>
          <h3>{title}</h3>
          {adapter && adapter !== title && <p>{adapter}</p>}
          {backend === 'webgpu' && <p>Forward, backward and update run as compute shaders on this adapter.</p>}
          {backend === 'cpu' && (
            <p>
              The same network in plain JavaScript, in a worker: every number is right, but each step takes longer than
              on a GPU.
            </p>
          )}
          {note && <p>{note}</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
