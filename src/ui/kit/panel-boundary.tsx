import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Tooltip } from './tooltip';
import classes from './panel.module.css';

interface Props {
  /** The name of the panel on the page. */
  name: string;
  children: ReactNode;
}

/** Catches the failure of one panel, so the rest of the page goes on working. */
export class PanelBoundary extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <section className={classes.failed} role="alert" aria-label={`${this.props.name} failed`}>
        <strong>{this.props.name} could not be shown.</strong>
        <p>{error.message} The rest of the page, and training, go on.</p>
        <Tooltip label="Shows the panel again; nothing else changes">
          <Button size="xs" variant="default" onClick={() => this.setState({ error: null })}>
            Show it again
          </Button>
        </Tooltip>
      </section>
    );
  }
}
