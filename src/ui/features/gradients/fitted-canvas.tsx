import { useEffect, useRef } from 'react';

interface FittedCanvasProps {
  /** In CSS pixels. */
  width: number;
  height: number;
  /** Paints in CSS pixels. A new function means a new picture. */
  draw: (context: CanvasRenderingContext2D) => void;
  className?: string;
}

/** A canvas as sharp as the screen allows. */
export function FittedCanvas({ width, height, draw, className }: FittedCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    // At least twice the size in CSS pixels, since the exported PNG has the same picture.
    const density = Math.max(2, devicePixelRatio);
    const size: [number, number] = [Math.round(width * density), Math.round(height * density)];
    // Setting a size, even the same one, clears a canvas.
    if (element.width !== size[0] || element.height !== size[1]) [element.width, element.height] = size;
    context.setTransform(density, 0, 0, density, 0, 0);
    draw(context);
  }, [width, height, draw]);
  return <canvas ref={canvas} className={className} style={{ width, height }} aria-hidden />;
}
