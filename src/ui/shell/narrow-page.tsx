import { Tabs } from '@mantine/core';
import { IconChartLine, IconDots, IconHandClick, IconStack2, IconTopologyStar3 } from '@tabler/icons-react';
import { Suspense, useLayoutEffect, useRef, type ReactNode } from 'react';
import { at } from '../../at';
import { panels } from './panels';
import classes from './app.module.css';
import { INSPECTOR_BELOW } from '../parts/charts/select-layer';
import { SelectWithHelp } from '../kit/input/select-with-help';
import { useModelStore } from '../stores/model/model-store';
import { useNarrowStore, type NarrowPart } from '../stores/narrow-store';
import { useViewStore, type ViewName } from '../stores/view-store';
import { Tooltip } from '../kit/tooltip';
import { PanelFallback } from '../kit/panel';
import { PanelBoundary } from '../kit/panel-boundary';
import { VIEWS } from './views';

const TABS = [
  { value: 'build', label: 'Build', help: 'The layers to choose from, and the stack', Icon: IconStack2 },
  { value: 'network', label: 'Network', help: 'Each layer at work, and the inspector', Icon: IconTopologyStar3 },
  { value: 'charts', label: 'Charts', help: 'Loss, accuracy and gradients while it trains', Icon: IconChartLine },
  {
    value: 'predict',
    label: 'Predict',
    help: 'Draw or choose an image, and see what the network says',
    Icon: IconHandClick,
  },
  {
    value: 'more',
    label: 'More',
    help: 'Gradients over time, one batch step by step, test images, comparisons and the guide',
    Icon: IconDots,
  },
] as const;

/** The page below 900 px: one column, with the tabs within reach of a thumb. */
export function NarrowPage() {
  const part = useNarrowStore((state) => state.part);
  const show = useNarrowStore((state) => state.show);
  useTopOf(useViewStore((state) => (part === 'more' ? state.view : part)));
  const content = {
    build: [panels.build],
    network: [panels.network, panels.inspector],
    charts: [panels.charts],
    predict: [panels.prediction],
    more: [<More key="more" />],
  };
  return (
    <Tabs
      value={part}
      onChange={(value) => value && show(value as NarrowPart)}
      inverted
      keepMounted={false}
      className={classes.tabs}
      component="main"
    >
      {TABS.map(({ value }) => (
        <Tabs.Panel key={value} value={value} className={classes.tabPanel}>
          {content[value].map((panel, i) => (
            <div key={i}>{panel}</div>
          ))}
        </Tabs.Panel>
      ))}
      <Tabs.List grow className={classes.tabList} aria-label="Parts of the page">
        {TABS.map(({ value, label, help, Icon }) => (
          <Tooltip key={value} label={help}>
            <Tabs.Tab
              value={value}
              classNames={{ tab: classes.tab }}
              leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
            >
              {label}
            </Tabs.Tab>
          </Tooltip>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

/**
 * Scrolls to the top whenever something else is shown, because the old scroll position means
 * nothing there. A reload keeps its scroll position.
 */
function useTopOf(shown: string): void {
  const before = useRef(shown);
  // A layout effect, because it must run before the effects that bring a part of the page into
  // view.
  useLayoutEffect(() => {
    if (before.current !== shown) window.scrollTo({ top: 0 });
    before.current = shown;
  }, [shown]);
}

const MORE = VIEWS.filter(({ Content }) => Content);

/** The views that have no tab of their own on a narrow page, one at a time. */
function More() {
  const view = useViewStore((state) => state.view);
  const show = useViewStore((state) => state.show);
  const { name, label, Content, inspector } = MORE.find((each) => each.name === view) ?? at(MORE, 0);
  return (
    <div className={classes.more}>
      <SelectWithHelp
        help="Which of the larger views is shown below"
        aria-label="View"
        size="md"
        allowDeselect={false}
        data={MORE.map((each) => ({ value: each.name, label: each.label }))}
        value={name}
        onChange={(value) => value && show(value as ViewName)}
      />
      <PanelBoundary name={label}>
        <Suspense fallback={<PanelFallback height={480} />}>{Content && <Content />}</Suspense>
      </PanelBoundary>
      {inspector && <InspectorBelow>{panels.inspector}</InspectorBelow>}
    </div>
  );
}

/**
 * The inspector below a view that has charts of its own. It mounts again for every layer. It does
 * not scroll into view on its own, because a user who selects a layer in a chart continues to read
 * the chart and opens the inspector with a button.
 */
function InspectorBelow({ children }: { children: ReactNode }) {
  const selected = useModelStore((state) => state.selected);
  return (
    <div id={INSPECTOR_BELOW} key={selected}>
      {children}
    </div>
  );
}
