import { useMemo, type ReactNode } from 'react';
import type { Tensor } from '../../../model/initialize';
import type { Shape } from '../../../model/shape';
import { formatShape } from '../../kit/words/format';
import { TensorImage } from '../../parts/tensors/tensor-image';
import { isMatrix, outputLayout, weightLayout, weightSide } from '../../kit/picture/tile-layout';
import { MOST_BARS, UnitBars } from '../../kit/picture/unit-bars';
import classes from './step.module.css';

interface TensorFigureProps {
  /** Symbol and origin, such as `x, from conv2d_1`. */
  title: ReactNode;
  /** A description for screen readers. */
  label: string;
  tensor: Tensor;
  colors?: 'auto' | 'diverging' | 'gray';
  /** Shows the tensor as weights: one picture per filter and channel. */
  weights?: boolean;
  /**
   * The shape of the image, if a dense layer reads one as a vector: its weights are then shown as
   * images.
   */
  image?: Shape;
  /** The unit to highlight in a short vector, such as the true class among the scores. */
  highlight?: number;
}

/** A tensor as a picture with its name and shape: maps as tiles, short vectors as bars. */
export function TensorFigure({
  title,
  label,
  tensor: { shape, data },
  colors = 'auto',
  weights,
  image,
  highlight,
}: TensorFigureProps) {
  const key = shape.join();
  const imageKey = image?.join();
  const layout = useMemo(() => {
    const sizes = key.split(',').map(Number);
    return weights ? weightLayout(sizes, imageKey?.split(',').map(Number)) : outputLayout(sizes);
  }, [key, imageKey, weights]);
  const bars = shape.length === 1 && data.length <= MOST_BARS;
  return (
    <figure className={classes.figure} data-wide={layout.perLine !== null || isMatrix(layout) || undefined}>
      <figcaption className={classes.figureTitle}>
        {title} <span className={`${classes.shape} numeric`}>{formatShape(shape)}</span>
      </figcaption>
      {bars ? (
        <UnitBars data={data} label={label} highlight={highlight} />
      ) : (
        <TensorImage
          data={data}
          layout={layout}
          label={label}
          colors={colors}
          side={colors === 'gray' ? 112 : weightSide(layout)}
        />
      )}
    </figure>
  );
}
