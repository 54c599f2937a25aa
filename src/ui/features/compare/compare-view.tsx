import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, type ComponentType } from 'react';
import { explained } from '../../kit/explained';
import { Panel } from '../../kit/panel';
import { CompareLayers } from './compare-layers';
import { CompareRuns } from './compare-runs';
import classes from './compare.module.css';
import { useCompareStore } from './compare-store';

const MODES = [
  { value: 'runs', label: 'Two runs', help: 'Curves of two runs on the same axes, and what they did differently' },
  { value: 'layers', label: 'Two layers', help: 'Two layers of the network side by side' },
];

/**
 * Compares two runs on the same axes, or two layers of the network side by side.
 * @param Inspector shows what is inside one layer of the stack
 */
export function CompareView({ Inspector }: { Inspector: ComponentType<{ uid: string }> }) {
  const mode = useCompareStore((state) => state.mode);
  const content = useRef<HTMLDivElement>(null);
  // The other comparison begins at its top, wherever this one was scrolled to.
  useEffect(() => {
    // The result is not returned: in newer browsers it is a promise.
    content.current?.parentElement?.scrollTo({ top: 0 });
  }, [mode]);
  return (
    <div className={classes.view}>
      <Panel
        title="Compare"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="What to compare"
            data={explained(MODES)}
            value={mode}
            onChange={(value) => useCompareStore.setState({ mode: value as 'runs' | 'layers' })}
          />
        }
      >
        <div ref={content}>{mode === 'runs' ? <CompareRuns /> : <CompareLayers Inspector={Inspector} />}</div>
      </Panel>
    </div>
  );
}
