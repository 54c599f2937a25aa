import { useComputedColorScheme } from '@mantine/core';
import { kindOf } from '../../../../model/spec';
import { formatNumber } from '../../../kit/words/format';
import { gradientLevel, LEVEL_DECADES } from '../../../stores/gradient-level';
import { familyColor } from '../../../kit/palette';
import { SourceLink } from '../../../kit/source-link';
import { useModelStore } from '../../../stores/model/model-store';
import { trainedIds } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { useSeriesStore } from '../../../stores/series-store';
import { Chapter, Missing, ShowMe } from '../chapter';
import classes from '../guide.module.css';

/** Explains why gradients shrink on their way back, using the present gradients of this network. */
export function VanishingChapter() {
  return (
    <Chapter
      name="vanishing"
      more={
        <>
          <ShowMe view="gradients">Show me every layer over time</ShowMe> Read on:{' '}
          <SourceLink href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</SourceLink>.
        </>
      }
    >
      <p>
        On its way back the gradient is multiplied once per layer: by the weights, and by the slope of the activation.
        The slope of sigmoid is at most 1/4, so ten such layers leave less than a millionth: the first layers see
        nothing and learn nothing. Multiply by more than 1 each time, and it explodes instead. relu, whose slope is 1
        where it is open, good initial weights, normalization and skip connections are all ways to keep the product near
        1.
      </p>
      <NormBars />
    </Chapter>
  );
}

/**
 * One bar per layer with weights, starting at the input, on the logarithmic scale of the network
 * view.
 */
function NormBars() {
  const scheme = useComputedColorScheme('light');
  const layers = useModelStore((state) => state.layers);
  const networkIds = useRunStore(trainedIds);
  const slots = useRunStore((state) => state.normSlots);
  const norms = useSeriesStore((state) => state.shown.recent.at(-1)?.norms);
  const rows = layers.flatMap(({ uid, spec }) => {
    const level = gradientLevel(networkIds[uid], slots, norms);
    return level?.of === 'parameters'
      ? [{ id: networkIds[uid], level, color: familyColor(kindOf(spec.kind).family, scheme) }]
      : [];
  });
  if (rows.length === 0)
    return <Missing>Press play, or train on one batch: then every layer has a gradient to show.</Missing>;
  return (
    <ol className={`${classes.norms} numeric`} aria-label="Gradient of each layer, from the input on">
      {rows.map(({ id, level, color }) => (
        <li key={id}>
          <span className={classes.normName}>{id}</span>
          <span className={classes.normTrack} aria-hidden>
            <span className={classes.normFill} style={{ width: `${100 * level.fill}%`, background: color }} />
          </span>
          <b>{formatNumber(level.norm)}</b>
        </li>
      ))}
      <li className={classes.normScale} aria-hidden>
        <span />
        <span className={classes.normEnds}>
          <span>1e{LEVEL_DECADES[0]}</span>
          <span>L2 norm, logarithmic</span>
          <span>1e{LEVEL_DECADES[1]}</span>
        </span>
        <span />
      </li>
    </ol>
  );
}
