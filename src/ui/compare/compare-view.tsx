import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Panel } from '../shell/panel';
import { CompareLayers } from './compare-layers';
import { CompareRuns } from './compare-runs';
import classes from './compare.module.css';
import { useCompareStore } from './compare-store';

const MODES = [
  { value: 'runs', label: 'Two runs' },
  { value: 'layers', label: 'Two layers' },
];

/** Two runs on the same axes, or two layers of the network side by side. */
export function CompareView() {
  const mode = useCompareStore((state) => state.mode);
  const content = useRef<HTMLDivElement>(null);
  // The other comparison begins at its top, wherever this one was scrolled to.
  useEffect(() => {
    // Not returned: in newer browsers it is a promise.
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
            data={MODES}
            value={mode}
            onChange={(value) => useCompareStore.setState({ mode: value as 'runs' | 'layers' })}
          />
        }
      >
        <div ref={content}>{mode === 'runs' ? <CompareRuns /> : <CompareLayers />}</div>
      </Panel>
    </div>
  );
}
