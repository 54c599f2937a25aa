import { Tooltip, useComputedColorScheme } from '@mantine/core';
import type { Family } from '../../model/layer-kind';
import { formatNumber } from '../format';
import { familyColor } from '../palette';
import { useRunStore } from '../stores/run-store';
import { useSeriesStore } from '../stores/series-store';
import { gradientLevel, LEVEL_DECADES } from './gradient-level';
import classes from './network.module.css';

/** How strong the gradient of a layer is right now, on a logarithmic scale. The only part of a card that moves with every metric. */
export function GradientBar({ uid, family }: { uid: string; family: Family }) {
  const scheme = useComputedColorScheme('light');
  const id = useRunStore((state) => state.networkIds[uid]);
  const slots = useRunStore((state) => state.normSlots);
  useSeriesStore((state) => state.version);
  const level = gradientLevel(id, slots, useSeriesStore.getState().recent(1)[0]?.norms);
  const bad = level !== undefined && !Number.isFinite(level.norm);
  const what = level?.of === 'output' ? 'of the loss by the output of this layer (it has no parameters)' : "of this layer's parameters";
  return (
    <Tooltip label={`L2 norm of the gradient ${what}, last batch. The bar spans 1e${LEVEL_DECADES[0]} to 1e${LEVEL_DECADES[1]} on a logarithmic scale.`}>
      <div className={classes.gradient}>
        <span className={`${classes.gradientValue} numeric`} data-bad={bad || undefined}>
          <span className={classes.symbol}>{level?.of === 'output' ? '‖∂y‖' : '‖∇‖'}</span>
          <span data-testid={`gradient-${id}`}>{level ? formatNumber(level.norm) : '–'}</span>
        </span>
        <span className={classes.track} aria-hidden>
          <span
            className={classes.fill}
            data-output={level?.of === 'output' || undefined}
            style={{ transform: `scaleX(${level?.fill ?? 0})`, background: bad ? 'var(--danger)' : familyColor(family, scheme) }}
          />
        </span>
      </div>
    </Tooltip>
  );
}
