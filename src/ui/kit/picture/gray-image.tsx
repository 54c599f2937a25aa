import { useEffect, useRef } from 'react';

interface GrayImageProps {
  /** [height, width, channels] in 0..1, or null for a black image. */
  pixels: Float32Array | null;
  height: number;
  width: number;
  channels: number;
  className?: string;
  label?: string;
}

/**
 * An image as the network sees it, with one canvas pixel per pixel; CSS enlarges it crisply. Three
 * channels are shown as colours.
 */
export function GrayImage({ pixels, height, width, channels, className, label }: GrayImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++)
        image.data[4 * i + c] = 255 * (pixels?.[i * channels + (channels === 3 ? c : 0)] ?? 0);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, height, width, channels]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={className}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    />
  );
}
