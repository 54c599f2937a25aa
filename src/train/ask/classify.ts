import type { Split } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { answersOf, labelsOf, summarize } from '../loop/evaluation';
import { checkCount } from '../session/check-count';
import { misfit } from '../session/loaded-data';
import { progressEvents } from '../loop/progress-events';
import type { Classification, Evaluation } from '../wire/protocol';
import type { Session } from '../session/session';
import type { Account } from '../loop/work-clock';

/** Evaluates the network on a split. */
export async function evaluate(session: Session, account: Account, { split }: { split: Split }): Promise<Evaluation> {
  return (await classifySplit(session, account, split)).evaluation;
}

/** Classifies every image of a split, or only the first `most` images. */
export async function classify(
  session: Session,
  account: Account,
  { split, most }: { split: Split; most?: number },
): Promise<Classification> {
  if (most !== undefined) checkCount(most, 'most');
  return (await classifySplit(session, account, split, most)).classification;
}

/**
 * Runs a split through the network once, with the weights at the time of the call. Training may
 * continue meanwhile. Emits `evaluating` on the way, and an `evaluation`.
 * @param most how many images to look at, from the first one on
 * @throws PlaygroundError if there is no network or no image, if they do not fit each other, or if
 * the network is replaced meanwhile.
 */
async function classifySplit(
  session: Session,
  account: Account,
  split: Split,
  most = Infinity,
): Promise<{ classification: Classification; evaluation: Evaluation }> {
  const run = await session.settledRun();
  if (!session.data)
    throw new PlaygroundError('there are no images to evaluate on yet.', {
      remedy: 'Wait until the data set is loaded.',
    });
  const { dataset } = session.data;
  const problem = misfit(run.model, dataset);
  if (problem) throw problem;
  const all = session.data.filledRows(split);
  const rows = all.subarray(0, most);
  const set = session.data.setOf(split);
  const { step, epoch } = run.ahead;
  const onProgress = progressEvents(
    (fraction) => session.emit({ type: 'evaluating', runId: run.id, fraction }),
    session.now,
  );
  const logits = await session.host.guard(run.askedBy(account).evaluate(set, rows, onProgress));
  if (!session.holds(run))
    throw new PlaygroundError('the network was changed while it was evaluated.', { remedy: 'Evaluate again.' });
  const labels = labelsOf(dataset, set, rows);
  const answers = answersOf(logits, labels, dataset.classes);
  const result = summarize(answers, labels, dataset.classes);
  session.emit({
    ...{ type: 'evaluation', runId: run.id, split, step, epoch, result },
    ...{ images: rows.length, whole: rows.length === all.length },
  });
  const classification = { split, step, labels, ...answers, loss: Float32Array.from(answers.loss) };
  return { classification, evaluation: result };
}
