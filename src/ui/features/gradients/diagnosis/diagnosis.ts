import { formatExact, formatNumber } from '../../../kit/format';
import { FEWEST_STEPS, type Evidence } from './evidence';
import { RULES } from './diagnosis-rules';
import { keyOf, times, type Finding } from './finding';

/** What is said about a run, and how sure it is. */
export interface Diagnosis {
  /** The most important first; never empty. */
  findings: Finding[];
  /** How often in a row another headline would have been right. */
  doubts: number;
  /** The run that it is about. */
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

/** No rule found anything. */
function healthy({ gradients, loss, averaged, step }: Evidence): Finding {
  const norms = gradients.map(({ norm }) => norm).filter((norm) => norm > 0);
  const spread = `the gradients of all ${norms.length} trained layers lie within a factor of ${times(Math.max(...norms) / Math.min(...norms))}`;
  return {
    kind: 'healthy',
    layer: null,
    severity: 'good',
    headline: `Looks healthy: ${norms.length > 1 ? spread : 'the gradient is there, and finite'}`,
    advice:
      loss === null
        ? ''
        : `The loss is ${formatNumber(loss)} on average over the last ${averaged} steps, after ${formatExact(step)} steps.`,
    quantity: 'gradientNorm',
  };
}

/**
 * Looks in a row that have to agree before a headline changes while training runs: about a second.
 */
const PATIENCE = 4;

/**
 * Everything that the rules find, the most important first. @param before what was found last,
 * whose limits are wider
 */
export function diagnose(evidence: Evidence, before: readonly Finding[]): Finding[] {
  const known = new Set(before.map(keyOf));
  const findings = Object.entries(RULES).flatMap(([kind, rule]) => {
    const found = rule(evidence, (enter, stay, layer) =>
      known.has(keyOf({ kind, layer: layer ?? null })) ? stay : enter,
    );
    return found ? [{ kind, ...found }] : [];
  });
  if (findings.length > 0) return findings;
  return evidence.loss === null ? [WAITING] : [healthy(evidence)];
}

/**
 * The next diagnosis of a run. A new headline has to be right several times in a row, unless
 * training rests, a new run began, or numbers are no longer finite.
 */
export function nextDiagnosis(before: Diagnosis, evidence: Evidence): Diagnosis {
  const newRun = evidence.runId !== before.runId;
  const findings = diagnose(evidence, newRun ? [] : before.findings);
  const next = { findings, doubts: 0, runId: evidence.runId };
  const [was, is] = [before.findings[0], findings[0]];
  const atOnce = newRun || !evidence.running || was.kind === 'waiting' || is.kind === 'notFinite';
  if (atOnce || keyOf(was) === keyOf(is) || before.doubts + 1 >= PATIENCE) return next;
  return { ...before, doubts: before.doubts + 1 };
}
