import { useCallback } from 'react';
import { magnitudeColor } from '../../../kit/palette';
import { FittedCanvas } from '../fitted-canvas';
import classes from '../gradients.module.css';
import type { HeatMap } from './heat-map-data';

const [WIDTH, HEIGHT] = [96, 10];

/** Explains the colours of a heat map, and the signs of values that have no colour. */
export function HeatLegend({ map: { domain, scale }, format }: { map: HeatMap; format: (value: number) => string }) {
  const draw = useCallback((context: CanvasRenderingContext2D) => {
    for (let x = 0; x < WIDTH; x++) {
      context.fillStyle = magnitudeColor(x / (WIDTH - 1));
      context.fillRect(x, 0, 1, HEIGHT);
    }
  }, []);
  return (
    <span className={classes.heatLegend}>
      <span>{format(domain[0])}</span>
      <FittedCanvas width={WIDTH} height={HEIGHT} draw={draw} className={classes.ramp} />
      <span>{format(domain[1])}</span>
      {scale === 'log' && (
        <>
          <span className={classes.quiet}>log</span>
          <span className={classes.faultKey}>
            <svg width="12" height="12" aria-hidden>
              <rect width="12" height="12" className={classes.zeroBox} />
            </svg>
            0
          </span>
        </>
      )}
      <span className={classes.faultKey}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
          <rect width="12" height="12" className={classes.faultBox} />
          <path d="M3 3l6 6m0-6l-6 6" className={classes.faultCross} />
        </svg>
        NaN or infinite
      </span>
    </span>
  );
}
