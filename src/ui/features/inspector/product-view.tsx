import { useMemo, type ReactNode } from 'react';
import type { Explanation } from '../../../model/explain/explain';
import { factorsOf, winnerOf } from '../../../model/explain/factors';
import { asImage, ownChannel } from '../../../model/reach';
import { kindOf } from '../../../model/spec';
import { formatNumber } from '../../kit/words/format';
import { ChannelSums } from './channel-sums';
import { FactorTable } from './factor-table';
import classes from './inspector.module.css';
import { useInspectorStore, type Point } from '../../stores/inspector-store';
import { useExplanation } from './use-explanation';
import type { tensorsOf, Inspected } from './use-inspection';

/**
 * The terms that one number of the layer's output is made of. Renders nothing where the line of
 * arithmetic shows them all.
 */
export function ProductView({ inspected, point }: { inspected: Inspected; point: Point }) {
  const { element, tensors, explanation } = useExplanation(inspected, point);
  if (WITHOUT_TERMS.has(explanation.how)) return null;
  return (
    <section className={classes.product} aria-label="What the number is made of">
      <Terms inspected={inspected} tensors={tensors} explanation={explanation} element={element} />
    </section>
  );
}

const WITHOUT_TERMS: ReadonlySet<Explanation['how']> = new Set(['normalize', 'activation', 'add', 'same']);

interface TermsProps {
  inspected: Inspected;
  tensors: ReturnType<typeof tensorsOf>;
  explanation: Explanation;
  element: number;
}

function Terms({ inspected, tensors, explanation, element }: TermsProps): ReactNode {
  switch (explanation.how) {
    case 'filter':
    case 'max':
    case 'mean':
    case 'copy':
      return <WindowTerms inspected={inspected} tensors={tensors} explanation={explanation} element={element} />;
    case 'unit':
      return (
        <ol className={classes.contributions}>
          {explanation.largest.map(({ index, value, weight }) => (
            <li key={index}>
              <span>x[{index}]</span> {formatNumber(value)} × {formatNumber(weight)} ={' '}
              <b>{formatNumber(value * weight)}</b>
            </li>
          ))}
          {explanation.others.count > 0 && (
            <li>
              {explanation.others.count} others together: <b>{formatNumber(explanation.others.sum)}</b>
            </li>
          )}
        </ol>
      );
    case 'normalize':
    case 'activation':
    case 'add':
    case 'same':
      return null;
    default:
      return explanation satisfies never;
  }
}

function WindowTerms({ inspected: { uid, layer }, tensors, explanation, element }: TermsProps) {
  const wanted = useInspectorStore((state) => state.inputChannels[uid] ?? 0);
  const sums = explanation.how === 'filter' ? explanation.channels : [];
  const units = asImage(layer.outputShape)[2];
  const own = ownChannel(element % units, asImage(layer.inputShape)[2], units);
  const channel = sums.length > 1 ? Math.min(wanted, sums.length - 1) : (sums[0]?.channel ?? own);
  const factors = useMemo(() => factorsOf(layer, tensors, element, channel), [layer, tensors, element, channel]);
  const reach = kindOf(layer.spec.kind).reach(layer.spec, layer.inputShape);
  const columns = reach.over === 'window' ? reach.size[1] : 1;
  return (
    <>
      {sums.length > 1 && <ChannelSums uid={uid} sums={sums} channel={channel} />}
      <FactorTable
        factors={factors}
        columns={columns}
        weighted={explanation.how === 'filter'}
        winner={explanation.how === 'max' ? winnerOf(factors) : undefined}
        caption={`Window in channel ${channel} of the input${explanation.how === 'filter' ? ', value × weight' : ''}`}
      />
    </>
  );
}
