import { formatExact, formatNumber } from '../../../kit/words/format';
import { FEWEST_STEPS, type Evidence } from './evidence';
import { RULES } from './diagnosis-rules';
import { keyOf, times, type Finding } from './finding';

/** The findings about a run, most important first; never empty. */
type Findings = [Finding, ...Finding[]];

/** The findings about a run, and how stable they are. */
export interface Diagnosis {
  findings: Findings;
  /** How many looks in a row have called for another headline. */
  doubts: number;
  /** The run that the diagnosis is about. */
  runId: number;
}

const WAITING: Finding = {
  kind: 'waiting',
  layer: null,
  severity: 'waiting',
  headline: 'No diagnosis yet',
  advice: `Train for ${FEWEST_STEPS} steps, and this line says what is going on.`,
  quantity: null,
};

export const NO_DIAGNOSIS: Diagnosis = { findings: [WAITING], doubts: 0, runId: 0 };

/** The finding when no rule found a fault. */
function healthy({ gradients, loss, averaged, step }: Evidence): Finding {
  const norms = gradients.map(({ norm }) => norm).filter((norm) => norm > 0);
  const spread =
    `the gradients of all ${norms.length} trained layers lie within a factor of ` +
    `${times(Math.max(...norms) / Math.min(...norms))}`;
  return {
    kind: 'healthy',
    layer: null,
    severity: 'good',
    headline: `Looks healthy: ${norms.length > 1 ? spread : 'the gradient is there, and finite'}`,
    advice:
      loss === null
        ? ''
        : `The loss is ${formatNumber(loss)} on average over the last ${averaged} steps, ` +
          `after ${formatExact(step)} steps.`,
    quantity: 'gradientNorm',
  };
}

/**
 * While training runs, this many looks in a row (about a second) have to agree before the headline
 * changes.
 */
const PATIENCE = 4;

/**
 * All findings, most important first.
 * @param before the findings of the last look, whose limits are wider
 */
export function diagnose(evidence: Evidence, before: readonly Finding[]): Findings {
  const known = new Set(before.map(keyOf));
  const [first, ...others] = Object.entries(RULES).flatMap(([kind, rule]): Finding[] => {
    const found = rule(evidence, (enter, stay, layer) =>
      known.has(keyOf({ kind, layer: layer ?? null })) ? stay : enter,
    );
    return found ? [{ kind, ...found }] : [];
  });
  if (first) return [first, ...others];
  return evidence.loss === null ? [WAITING] : [healthy(evidence)];
}

/**
 * The next diagnosis of a run. A new headline has to be right several times in a row, except when
 * training has stopped, a new run has begun, or numbers are no longer finite.
 */
export function nextDiagnosis(before: Diagnosis, evidence: Evidence): Diagnosis {
  const newRun = evidence.runId !== before.runId;
  const findings = diagnose(evidence, newRun ? [] : before.findings);
  const next: Diagnosis = { findings, doubts: 0, runId: evidence.runId };
  const [was, is] = [before.findings[0], findings[0]];
  const atOnce = newRun || !evidence.running || was.kind === 'waiting' || is.kind === 'notFinite';
  if (atOnce || keyOf(was) === keyOf(is) || before.doubts + 1 >= PATIENCE) return next;
  return { ...before, doubts: before.doubts + 1 };
}
