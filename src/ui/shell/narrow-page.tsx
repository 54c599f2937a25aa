import { Tabs } from '@mantine/core';
import { IconChartLine, IconHandClick, IconStack2, IconTopologyStar3 } from '@tabler/icons-react';
import type { Panels } from '../app';
import classes from '../app.module.css';

const TABS = [
  { value: 'build', label: 'Build', Icon: IconStack2 },
  { value: 'network', label: 'Network', Icon: IconTopologyStar3 },
  { value: 'charts', label: 'Charts', Icon: IconChartLine },
  { value: 'predict', label: 'Predict', Icon: IconHandClick },
] as const;

/** The page below 900 px: one column, with the tabs where a thumb reaches them. */
export function NarrowPage({ panels }: { panels: Panels }) {
  const content = { build: panels.build, network: [panels.network, panels.inspector], charts: panels.charts, predict: panels.prediction };
  return (
    <Tabs defaultValue="build" inverted keepMounted={false} className={classes.tabs} component="main">
      {TABS.map(({ value }) => (
        <Tabs.Panel key={value} value={value} className={classes.tabPanel}>
          {Array.isArray(content[value]) ? content[value].map((panel, i) => <div key={i}>{panel}</div>) : content[value]}
        </Tabs.Panel>
      ))}
      <Tabs.List grow className={classes.tabList} aria-label="Parts of the page">
        {TABS.map(({ value, label, Icon }) => (
          <Tabs.Tab key={value} value={value} classNames={{ tab: classes.tab }} leftSection={<Icon size={20} stroke={1.6} aria-hidden />}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
