import { Tabs } from '@mantine/core';
import { Suspense, useState, type ReactNode } from 'react';
import { panels } from './panels';
import { useViewStore, type ViewName } from '../stores/view-store';
import { Tooltip } from '../kit/tooltip';
import { TourOffer } from '../features/tour/tour-offer';
import { PanelFallback } from '../kit/panel';
import { PanelBoundary } from '../kit/panel-boundary';
import { VIEWS } from './views';
import classes from './workspace.module.css';

/** The area beside the builder on a desktop: one view at a time, chosen by the tabs above it. */
export function Workspace() {
  const view = useViewStore((state) => state.view);
  const show = useViewStore((state) => state.show);
  // Hides the tooltip of a pressed tab until the pointer or the focus comes back, because the
  // tooltip would cover the view that has just opened.
  const [pressed, setPressed] = useState<ViewName | null>(null);
  const choose = (name: ViewName | null) => {
    setPressed(name);
    if (name) show(name);
  };
  return (
    <Tabs
      value={view}
      onChange={(value) => choose(value as ViewName | null)}
      keepMounted={false}
      variant="pills"
      radius="xl"
      className={classes.workspace}
    >
      <div className={classes.head}>
        <Tabs.List className={classes.tabs} aria-label="Views">
          {VIEWS.map(({ name, label, help, Icon }) => (
            <Tooltip key={name} label={help} position="bottom" openDelay={600} disabled={name === pressed}>
              <Tabs.Tab
                value={name}
                classNames={{ tab: classes.tab }}
                leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
                onPointerLeave={() => setPressed(null)}
                onBlur={() => setPressed(null)}
              >
                {label}
              </Tabs.Tab>
            </Tooltip>
          ))}
        </Tabs.List>
        <TourOffer />
      </div>
      {VIEWS.map(({ name, label, Content, inspector }) => (
        <Tabs.Panel
          key={name}
          value={name}
          className={classes.view}
          data-inspector={inspector || undefined}
          tabIndex={-1}
        >
          {Content ? (
            <>
              <Column>
                <PanelBoundary name={label}>
                  <Suspense fallback={<PanelFallback height={480} />}>
                    <Content />
                  </Suspense>
                </PanelBoundary>
              </Column>
              {inspector && <Column>{panels.inspector}</Column>}
            </>
          ) : (
            <Train />
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Train() {
  return (
    <>
      <div className={classes.middle}>
        <div className={`${classes.network} ${classes.scroll}`} data-scroll>
          {panels.network}
        </div>
        <div className={`${classes.inspector} ${classes.scroll}`} data-scroll>
          {panels.inspector}
        </div>
      </div>
      <Column>
        {panels.charts}
        {panels.prediction}
      </Column>
    </>
  );
}

const Column = ({ children }: { children: ReactNode }) => (
  <div className={`${classes.column} ${classes.scroll}`} data-scroll>
    {children}
  </div>
);
