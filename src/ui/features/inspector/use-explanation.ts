import { useMemo } from 'react';
import { explain } from '../../../model/explain/explain';
import { elementAt, type Point } from '../../stores/inspector-store';
import { tensorsOf, type Inspected } from './use-inspection';

/**
 * Explains how one number of a layer's output was computed, from the tensors that the layer used.
 */
export function useExplanation({ layer, inspection }: Inspected, point: Point) {
  const element = elementAt(layer.outputShape, point);
  const tensors = useMemo(() => tensorsOf(inspection), [inspection]);
  const explanation = useMemo(() => explain(layer, tensors, element), [layer, tensors, element]);
  return { element, tensors, explanation };
}
