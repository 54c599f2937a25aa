import { useId } from 'react';
import { presets, type Preset } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import type { ModelSpec } from '../../../model/spec';
import { SourceLink } from '../../kit/source-link';
import { formatCount } from '../../kit/words/format';
import classes from './preset-gallery.module.css';
import { StackPictureView } from './stack-picture-view';

/** The networks of the gallery; the one on the page is marked. */
export function PresetList({ current, onChoose }: { current: string; onChoose: (preset: Preset) => void }) {
  return (
    <ul className={classes.gallery}>
      {presets.map((preset) => (
        <PresetCard
          key={preset.id}
          preset={preset}
          current={preset.spec.name === current}
          onChoose={() => onChoose(preset)}
        />
      ))}
    </ul>
  );
}

/** How much a network takes to store, and to run on one image. */
function costOf(spec: ModelSpec): string {
  const { parameters, multiplyAdds } = resolveModel(spec);
  return `${formatCount(parameters)} parameters · ${formatCount(multiplyAdds)} multiply-adds`;
}

function PresetCard({ preset, current, onChoose }: { preset: Preset; current: boolean; onChoose: () => void }) {
  const { title, source, expect, link, spec } = preset;
  const helpId = useId();
  return (
    <li className={classes.card} data-current={current || undefined}>
      <button
        type="button"
        className={classes.choose}
        onClick={onChoose}
        aria-label={`Open ${title}`}
        aria-describedby={helpId}
        aria-current={current || undefined}
      >
        <span className={classes.title}>
          {title}
          <span className={`${classes.count} numeric`}>{costOf(spec)}</span>
        </span>
        <StackPictureView spec={spec} />
        <span id={helpId} className={classes.words}>
          <span className={classes.text}>{source}</span>
          <span className={classes.expect}>{expect}</span>
        </span>
      </button>
      {link && (
        <span className={classes.link}>
          <SourceLink href={link} size="xs">
            Where it comes from
          </SourceLink>
        </span>
      )}
    </li>
  );
}
