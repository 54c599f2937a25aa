import { ActionIcon, Slider } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { requireImage } from '../../../model/require-shape';
import type { Shape } from '../../../model/shape';
import { Tooltip } from '../../kit/tooltip';
import { useGuideStore } from './guide-store';
import classes from './guide.module.css';

interface NumberSliderProps {
  label: string;
  /** Says what moving the slider does. */
  help: string;
  value: number;
  /** What the value stands for; left out: itself. */
  valueText?: string;
  /** Last value; the first is 0. */
  last: number;
  onChange: (value: number) => void;
}

/** A whole number with its name, for mouse, finger and arrow keys. */
export function NumberSlider({ label, help, value, valueText, last, onChange }: NumberSliderProps) {
  const helpId = useId();
  return (
    <Tooltip label={help}>
      <div className={classes.slider}>
        <span aria-hidden>{label}</span>
        <Slider
          size="sm"
          thumbLabel={label}
          thumbProps={{ 'aria-describedby': helpId, 'aria-valuetext': valueText }}
          label={null}
          min={0}
          max={Math.max(1, last)}
          disabled={last < 1}
          value={value}
          onChange={onChange}
        />
        <output className="numeric">{valueText ?? value}</output>
        <span id={helpId} hidden>
          {help}
        </span>
      </div>
    </Tooltip>
  );
}

/** Sliders for row and column of the chosen pixel: they do the same as pointing at it. */
export function PlaceSliders({ y, x, shape }: { y: number; x: number; shape: Shape }) {
  const [height, width] = requireImage(shape);
  const moveTo = useGuideStore((state) => state.moveTo);
  return (
    <div className={classes.sliders}>
      <NumberSlider
        label="Row"
        help="Moves the window up and down: the same as pointing at a pixel"
        value={y}
        last={height - 1}
        onChange={(row) => moveTo(row, x)}
      />
      <NumberSlider
        label="Column"
        help="Moves the window left and right: the same as pointing at a pixel"
        value={x}
        last={width - 1}
        onChange={(column) => moveTo(y, column)}
      />
    </div>
  );
}

const SLIDE_MS = 120;
const CALM_SLIDE_MS = 600;

/**
 * Moves the window over the image row by row until stopped; slowly for people who ask for less
 * motion.
 */
export function SlideButton({ shape }: { shape: Shape }) {
  const [height, width] = requireImage(shape);
  const [sliding, setSliding] = useState(false);
  const calm = useReducedMotion();
  useEffect(() => {
    if (!sliding) return;
    const timer = setInterval(
      () => {
        const { y, x, moveTo } = useGuideStore.getState();
        const next = Math.min(y, height - 1) * width + Math.min(x, width - 1) + 1;
        moveTo(Math.floor(next / width) % height, next % width);
      },
      calm ? CALM_SLIDE_MS : SLIDE_MS,
    );
    return () => clearInterval(timer);
  }, [sliding, calm, height, width]);
  const label = sliding ? 'Stop sliding' : 'Slide the window over the image';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={32} aria-label={label} onClick={() => setSliding(!sliding)}>
        {sliding ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
