import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { INTERVAL_MS } from '../../../../pace';
import { useNarrowStore } from '../../../stores/narrow-store';
import { shownFault, useRunStore } from '../../../stores/run-store';
import { useViewStore } from '../../../stores/view-store';
import { Tooltip } from '../../../kit/tooltip';
import classes from './diagnosis-note.module.css';
import { keyOf, type Finding } from './finding';
import { useDiagnosis } from './use-diagnosis';

/** Says what is wrong with the run on every view of the page. Renders nothing if all is well. */
export function DiagnosisNote() {
  const [first] = useDiagnosis(INTERVAL_MS.diagnosisNote).findings;
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const behindTab = useNarrowStore((state) => narrow && state.part !== 'more');
  const inFront = useViewStore((state) => state.view === 'gradients') && !behindTab;
  // The banner of a halted run says it already, until it is dismissed.
  const said = useRunStore((state) => shownFault(state) !== null);
  if (inFront || said || (first.severity !== 'danger' && first.severity !== 'warning')) return null;
  return <Note finding={first} />;
}

const show = () => useViewStore.getState().show('gradients');

const Note = memo(
  function Note({ finding }: { finding: Finding }) {
    const { severity, headline } = finding;
    const [word, Icon] =
      severity === 'danger' ? (['Problem', IconAlertTriangle] as const) : (['Warning', IconInfoCircle] as const);
    // Announced once, not with every new figure.
    const [announced, setAnnounced] = useState(finding);
    if (keyOf(announced) !== keyOf(finding)) setAnnounced(finding);
    return (
      <>
        <Tooltip label="Open Gradients: where it shows, and what to do about it">
          <UnstyledButton
            className={classes.note}
            data-severity={severity}
            onClick={show}
            aria-label={`${word}: ${headline}`}
          >
            <Icon size={16} stroke={1.8} aria-hidden className={classes.icon} />
            <span className={classes.word}>{word}</span>
            <span className={`${classes.headline} numeric`}>{headline}</span>
          </UnstyledButton>
        </Tooltip>
        <VisuallyHidden role="status">{`${word}: ${announced.headline}`}</VisuallyHidden>
      </>
    );
  },
  (before, after) =>
    before.finding.headline === after.finding.headline && before.finding.severity === after.finding.severity,
);
