import { PlaygroundError } from '../../../errors';
import type { ModelState } from './model-store-state';

type Checked = Pick<ModelState, 'layers' | 'reports' | 'inputProblem'>;

/** Why a stack cannot be trained. `wrong` needs a repair, the others only need more layers. */
export interface Unready {
  kind: 'empty' | 'unfinished' | 'wrong';
  error: PlaygroundError;
  /** uid of the layer that it is about; null if it is about none. */
  uid: string | null;
}

/** What keeps the stack from being trained; null if nothing does. */
export function unreadyOf({ layers, reports, inputProblem }: Checked): Unready | null {
  if (inputProblem) return { kind: 'wrong', error: inputProblem, uid: null };
  const about = (index: number) => layers[index]?.uid ?? null;
  const wrong = reports.findIndex(({ problem }) => problem);
  const problem = reports[wrong]?.problem;
  if (problem) return { kind: 'wrong', error: problem, uid: about(wrong) };
  if (reports.every(({ bypassed }) => bypassed)) return { kind: 'empty', error: emptyStack(layers.length), uid: null };
  const open = reports.findIndex(({ unfinished }) => unfinished);
  const unfinished = reports[open]?.unfinished;
  return unfinished ? { kind: 'unfinished', error: unfinished, uid: about(open) } : null;
}

function emptyStack(layersOff: number): PlaygroundError {
  const where = { field: 'layers' };
  return layersOff > 0
    ? new PlaygroundError('every layer of the stack is off.', { where, remedy: 'Switch one on to have a network.' })
    : new PlaygroundError('the stack is empty.', {
        where,
        remedy: 'Add layers, or take a network from the gallery.',
      });
}
