import type { Weights } from '../../model/initialize';
import type { Capture } from '../loop/captures';
import type { Account } from '../loop/work-clock';
import type { Session } from '../session/session';

/** The present weights. */
export async function getWeights(session: Session, account: Account): Promise<Weights> {
  const run = await session.settledRun();
  return session.host.guard(run.askedBy(account).getWeights());
}

/** Everything needed to continue later from the present step. */
export async function snapshot(session: Session): Promise<Capture & { runId: number }> {
  const run = await session.settledRun();
  return { runId: run.id, ...(await session.host.guard(run.capture())) };
}
