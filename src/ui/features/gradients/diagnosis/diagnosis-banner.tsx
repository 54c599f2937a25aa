import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHourglassEmpty, IconInfoCircle } from '@tabler/icons-react';
import { memo, useState, type ReactNode } from 'react';
import { inspectLayer } from '../../../parts/charts/select-layer';
import { Tooltip } from '../../../kit/tooltip';
import { keyOf, type Finding } from './finding';
import classes from '../gradients.module.css';
import { QUANTITIES, type QuantityName } from '../../../parts/charts/quantities';
import { useDiagnosis } from './use-diagnosis';

const ICONS = {
  danger: IconAlertTriangle,
  warning: IconInfoCircle,
  good: IconCircleCheck,
  waiting: IconHourglassEmpty,
};
const SPOKEN = { danger: 'Problem', warning: 'Warning', good: 'Good', waiting: 'Waiting' };

interface DiagnosisBannerProps {
  /** The quantity on show. */
  shown: QuantityName;
  onShow: (name: QuantityName) => void;
}

/** Says the most important finding about the run, with buttons to look at it. */
export const DiagnosisBanner = memo(function DiagnosisBanner({ shown, onShow }: DiagnosisBannerProps) {
  const { findings } = useDiagnosis();
  const [opened, setOpened] = useState(false);
  const [first, ...others] = findings;
  return (
    <section className={classes.diagnosis} data-severity={first.severity} aria-label="Diagnosis">
      <FindingText finding={first} shown={shown} onShow={onShow}>
        {others.length > 0 && (
          <Tooltip
            label={
              opened
                ? 'Hides all but the most important finding'
                : 'Shows what else was found, the most important first'
            }
          >
            <UnstyledButton className={classes.moreButton} aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {opened ? 'Show one only' : `${others.length} more`}
            </UnstyledButton>
          </Tooltip>
        )}
      </FindingText>
      {opened &&
        others.map((finding) => <FindingText key={keyOf(finding)} finding={finding} shown={shown} onShow={onShow} />)}
    </section>
  );
});

interface FindingTextProps {
  finding: Finding;
  shown: QuantityName;
  onShow: (name: QuantityName) => void;
  /** Shown below the buttons. */
  children?: ReactNode;
}

function FindingText({ finding, shown, onShow, children }: FindingTextProps) {
  const { severity, headline, advice, layer, quantity } = finding;
  const Icon = ICONS[severity];
  // Screen readers hear the words of a new finding, but not every new figure in the same one: while
  // a network trains they would never stop talking.
  const [announced, setAnnounced] = useState(finding);
  if (keyOf(announced) !== keyOf(finding)) setAnnounced(finding);
  return (
    <div className={classes.finding} data-severity={severity}>
      <Icon size={20} stroke={1.8} className={classes.findingIcon} role="img" aria-label={SPOKEN[severity]} />
      <div className={classes.findingWords}>
        <strong>{headline}</strong>
        <VisuallyHidden role="status">{announced.headline}</VisuallyHidden>
        <span className={classes.advice}>{advice}</span>
      </div>
      <div className={classes.findingActions}>
        {layer && (
          <Tooltip label="Opens the layer in the inspector">
            <Button size="compact-xs" variant="default" onClick={() => inspectLayer(layer)}>
              Show {layer}
            </Button>
          </Tooltip>
        )}
        {quantity && quantity !== shown && (
          <Tooltip label="Shows this quantity in the heat map and the lines below">
            <Button size="compact-xs" variant="default" onClick={() => onShow(quantity)}>
              {QUANTITIES[quantity].label}
            </Button>
          </Tooltip>
        )}
        {children}
      </div>
    </div>
  );
}
