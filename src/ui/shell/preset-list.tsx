import { Anchor } from '@mantine/core';
import { presets, type Preset } from '../../model/presets';
import { resolveModel } from '../../model/resolve';
import { LayerMark } from '../builder/layer-mark';
import { formatCount } from '../format';
import classes from './preset-gallery.module.css';

/** Layers that a card's picture shows; of a longer network, the number of those that follow. */
const MOST_MARKS = 8;

/** The networks of the gallery, the one on the page marked. */
export function PresetList({ current, onChoose }: { current: string; onChoose(preset: Preset): void }) {
  return (
    <ul className={classes.gallery}>
      {presets.map((preset) => (
        <PresetCard key={preset.id} preset={preset} current={preset.spec.name === current} onChoose={() => onChoose(preset)} />
      ))}
    </ul>
  );
}

function PresetCard({ preset, current, onChoose }: { preset: Preset; current: boolean; onChoose(): void }) {
  const { title, source, expect, link, spec } = preset;
  return (
    <li className={classes.card} data-current={current || undefined}>
      <button type="button" className={classes.choose} onClick={onChoose} aria-label={`Open ${title}`}>
        <span className={classes.title}>
          {title}
          <span className={`${classes.count} numeric`}>{formatCount(resolveModel(spec).parameters)} parameters</span>
        </span>
        <span className={classes.picture} aria-hidden>
          {spec.layers.slice(0, MOST_MARKS).map(({ kind }, i) => (
            <LayerMark key={i} kind={kind} size={20} />
          ))}
          {spec.layers.length > MOST_MARKS && <span className={classes.more}>+{spec.layers.length - MOST_MARKS}</span>}
        </span>
        <span className={classes.text}>{source}</span>
        <span className={classes.expect}>{expect}</span>
      </button>
      {link && (
        <Anchor href={link} target="_blank" rel="noreferrer" size="xs" className={classes.link}>
          Where it comes from
        </Anchor>
      )}
    </li>
  );
}
