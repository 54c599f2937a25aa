import { useComputedColorScheme } from '@mantine/core';
import type { Family } from '../../../model/layer-kind';
import { formatNumber } from '../../kit/words/format';
import { familyColor } from '../../kit/palette';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { useSeriesStore } from '../../stores/series-store';
import { Tooltip } from '../../kit/tooltip';
import { gradientLevel, LEVEL_DECADES } from '../../stores/gradient-level';
import classes from './network.module.css';

interface GradientBarProps {
  uid: string;
  family: Family;
  /** Whether the layer has parameters of its own. */
  trainable: boolean;
}

/** Shows how large the gradient of a layer is right now, on a logarithmic scale. */
export function GradientBar({ uid, family, trainable }: GradientBarProps) {
  const what = trainable
    ? "of this layer's parameters"
    : 'of the loss by the output of this layer, which has no parameters; none if no layer before it has any';
  const scale = `The bar spans 1e${LEVEL_DECADES[0]} to 1e${LEVEL_DECADES[1]} on a logarithmic scale.`;
  return (
    <Tooltip label={`L2 norm of the gradient ${what}, last batch. ${scale}`}>
      <div className={classes.gradient}>
        <Readout uid={uid} family={family} trainable={trainable} />
      </div>
    </Tooltip>
  );
}

/** The only part of a card that renders again with every metric. */
function Readout({ uid, family, trainable }: GradientBarProps) {
  const scheme = useComputedColorScheme('light');
  const id = useRunStore((state) => trainedIds(state)[uid]);
  const slots = useRunStore((state) => state.normSlots);
  const norms = useSeriesStore((state) => state.shown.recent.at(-1)?.norms);
  const level = gradientLevel(id, slots, norms);
  // Asks the network in training first: a layer that lost its place in the stack is still in that
  // network.
  const own = level ? level.of === 'parameters' : trainable;
  const bad = level !== undefined && !Number.isFinite(level.norm);
  const fill = {
    transform: `scaleX(${level?.fill ?? 0})`,
    background: bad ? 'var(--danger)' : familyColor(family, scheme),
  };
  return (
    <>
      <span className={`${classes.gradientValue} numeric`} data-bad={bad || undefined}>
        <span className={classes.symbol}>{own ? '‖∇‖' : '‖∂y‖'}</span>
        <span data-testid={`gradient-${id}`}>{level ? formatNumber(level.norm) : '–'}</span>
      </span>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} data-output={!own || undefined} style={fill} />
      </span>
    </>
  );
}
