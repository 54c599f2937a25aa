import { Switch } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { at } from '../../../at';
import type { Saliency } from '../../../train/wire/protocol';
import { formatNumber } from '../../kit/words/format';
import { emptyWords } from '../../kit/picture/value-range';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { Tooltip } from '../../kit/tooltip';
import { GrayImage } from '../../kit/picture/gray-image';
import { overlay, overlayColors } from './overlay';
import classes from './prediction.module.css';
import { useSaliencyStore } from './saliency-store';

interface SeenImageProps {
  pixels: Float32Array | null;
  /** Marks the pixels that matter; null shows the image alone. */
  saliency: Saliency | null;
}

/** The image as the network gets it. If switched on, the pixels that matter are marked. */
export function SeenImage({ pixels, saliency }: SeenImageProps) {
  const { height, width, channels } = useDatasetFacts();
  const size = height * width;
  if (pixels && saliency?.map.data.length === size && pixels.length === size * channels)
    return <Marked pixels={pixels} channels={channels} saliency={saliency} />;
  return (
    <GrayImage
      pixels={pixels}
      height={height}
      width={width}
      channels={channels}
      className={classes.seenImage}
      label="What the network sees"
    />
  );
}

function Marked({ pixels, channels, saliency }: { pixels: Float32Array; channels: number; saliency: Saliency }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { shape } = saliency.map;
  const [height, width] = [at(shape, 0), at(shape, 1)];
  const max = maxOf(saliency);
  useEffect(() => {
    const rgba = overlay(pixels, channels, saliency.map.data, max);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [pixels, channels, saliency, max, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={classes.seenImage}
      role="img"
      aria-label={`What the network sees, with its saliency for ${saliency.target}, from 0 to ${formatNumber(max)}`}
    />
  );
}

const maxOf = ({ map }: Saliency) =>
  map.data.reduce((max, value) => (value > max && value < Infinity ? value : max), 0);

/** A switch for the marks, and a text that says which class they are for and how large they are. */
export function SaliencyRow({ saliency, failed }: { saliency: Saliency | null; failed: boolean }) {
  const on = useSaliencyStore((state) => state.on);
  return (
    <div className={classes.saliency}>
      <Tooltip
        // The tooltip is at the left, because the picture that it describes is above and the end of
        // the page is below.
        position="left"
        label={
          'Marks the pixels that matter: how much the loss of this image changes with each of them in 0..1, |dL/dX|, ' +
          'whatever the input scaling; with several channels, the largest of them.'
        }
      >
        <Switch
          size="xs"
          label="Saliency"
          checked={on}
          onChange={(event) => useSaliencyStore.setState({ on: event.currentTarget.checked })}
        />
      </Tooltip>
      <span className={classes.saliencyWords}>
        {on && (saliency ? <Legend saliency={saliency} /> : failed && 'Not available now')}
      </span>
    </div>
  );
}

function Legend({ saliency }: { saliency: Saliency }) {
  const max = maxOf(saliency);
  const of = `${saliency.target}${saliency.guessed ? ' (predicted)' : ''}`;
  if (max === 0)
    return (
      <>
        {emptyWords(saliency.map.data)} for {of}
      </>
    );
  return (
    <>
      <span className={classes.ramp} aria-hidden>
        0
        <span className={classes.rampBar} style={{ background: RAMP }} />
        {formatNumber(max)}
      </span>
      <span>for {of}</span>
    </>
  );
}

/**
 * The colours of the marks as a CSS gradient. The colour of 0 is the image itself, which is black
 * where there is no ink.
 */
const RAMP = (() => {
  const colors = overlayColors();
  const colorOf = (share: number) => {
    const entry = 4 * Math.round(255 * share);
    return [...colors.subarray(entry, entry + 3)].map((part) => Math.round(share * part)).join(',');
  };
  return `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map((share) => `rgb(${colorOf(share)})`).join(', ')})`;
})();
