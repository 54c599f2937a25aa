import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { ModelSpec } from '../../../model/spec';
import { familyColor } from '../../kit/palette';
import classes from './preset-gallery.module.css';
import { stackPicture, type Block } from './stack-picture';

/**
 * The tensors of a network as blocks in the hues of their layers' families. The text beside the
 * picture says the same in words.
 */
export function StackPictureView({ spec }: { spec: ModelSpec }) {
  const { blocks, width, height } = useMemo(() => stackPicture(spec), [spec]);
  return (
    <svg
      className={classes.picture}
      viewBox={`-0.5 -0.5 ${width + 1} ${height + 1}`}
      preserveAspectRatio="xMinYMax meet"
      aria-hidden
    >
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} base={height} />
      ))}
    </svg>
  );
}

/**
 * Front, top and side in one hue. A face is lighter where less light would fall, so that the edges
 * show.
 */
function BlockView({ block, base }: { block: Block; base: number }) {
  const scheme = useComputedColorScheme('light');
  const { family, x, width, height, depth } = block;
  const [top, right, back] = [base - height, x + width, depth / 2];
  const points = (...corners: [number, number][]) => corners.map((corner) => corner.join()).join(' ');
  return (
    <g
      style={{ color: family ? familyColor(family, scheme) : 'var(--faint)' }}
      fill="currentColor"
      stroke="currentColor"
    >
      <rect x={x} y={top} width={width} height={height} strokeWidth={0} />
      {depth > 0 && (
        <>
          <polygon
            points={points([x, top], [right, top], [right + back, top - back], [x + back, top - back])}
            fillOpacity={0.35}
          />
          <polygon
            points={points([right, top], [right + back, top - back], [right + back, base - back], [right, base])}
            fillOpacity={0.6}
          />
        </>
      )}
    </g>
  );
}
