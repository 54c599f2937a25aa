import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { Tooltip } from '../../kit/tooltip';
import { STOPS } from './stops';
import { useTourStore } from './tour-store';
import classes from './tour.module.css';

/**
 * Offers the tour on the first visit. It is a line in the flow of the page, so it covers nothing.
 */
export function TourOffer() {
  const offered = useTourStore((state) => state.offered);
  const start = useTourStore((state) => state.start);
  const end = useTourStore((state) => state.end);
  if (!offered) return null;
  return (
    <section className={classes.offer} aria-label="Tour of the page">
      <IconRoute size={16} stroke={1.7} className={classes.offerIcon} aria-hidden />
      <span className={classes.offerText}>
        <b>New here?</b> {STOPS.length} stops, one minute
      </span>
      <Tooltip label="Shows the parts of the page one after the other; Esc ends it">
        <Button size="compact-sm" variant="light" onClick={start}>
          Start the tour
        </Button>
      </Tooltip>
      <Tooltip label="Does not ask again; the tour stays behind the question mark">
        <Button size="compact-sm" variant="subtle" color="gray" onClick={end}>
          Skip
        </Button>
      </Tooltip>
    </section>
  );
}
