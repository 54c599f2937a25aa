import { UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { at } from '../../../at';
import { requireImage } from '../../../model/require-shape';
import type { BatchTrace } from '../../../train/wire/protocol';
import { formatCount, formatNumber } from '../../kit/words/format';
import { articleOf, oneOf } from '../../kit/words/class-words';
import { ClassName } from '../../parts/classes/class-name';
import { useDatasetFacts } from '../../stores/dataset-facts';
import { GrayImage } from '../../kit/picture/gray-image';
import { Tooltip } from '../../kit/tooltip';
import { exampleOf } from './example-slice';
import { useStepStore } from './step-store';
import classes from './step.module.css';

/**
 * The first images of the batch with label and loss. The view follows the chosen one through the
 * network.
 */
export function ExamplePicker({ trace }: { trace: BatchTrace }) {
  const chosen = useStepStore((state) => state.example);
  const count = at(trace.images.shape, 0);
  const [height, width, channels] = requireImage(trace.images.shape.slice(1));
  const examples = useMemo(
    () =>
      Array.from({ length: count }, (_, i) => ({
        pixels: exampleOf(trace.images, i).data,
        label: at(trace.labels, i),
        loss: at(trace.losses, i),
      })),
    [trace, count],
  );
  const { classNames } = useDatasetFacts();
  const others = trace.labels.length - count;
  return (
    <div className={classes.examples} role="group" aria-label="Image to follow">
      {examples.map(({ pixels, label, loss }, i) => (
        <Tooltip key={i} label="Follow this image through the layers">
          <UnstyledButton
            className={classes.example}
            aria-pressed={i === chosen}
            aria-label={`Image ${i + 1} of the batch, ${oneOf(classNames, label)}, loss ${formatNumber(loss)}`}
            onClick={() => useStepStore.setState({ example: i })}
          >
            <GrayImage
              pixels={pixels}
              height={height}
              width={width}
              channels={channels}
              className={classes.exampleImage}
            />
            <span className={classes.exampleLabel} aria-hidden>
              {articleOf(classNames, label)}{' '}
              <b>
                <ClassName index={label} />
              </b>
            </span>
          </UnstyledButton>
        </Tooltip>
      ))}
      {others > 0 && <span className={classes.others}>and {formatCount(others)} more</span>}
    </div>
  );
}
