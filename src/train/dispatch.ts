import { backward } from './ask/backward';
import { benchmark } from './ask/benchmark';
import { checkPresentGradients } from './ask/check-request';
import { classify, evaluate } from './ask/classify';
import { estimate } from './ask/estimate';
import { inputStatistics } from './ask/input-statistics';
import { inspect, kernels, saliency, samples, thumbnails } from './ask/look';
import { predict } from './ask/predict';
import { traceNextBatch } from './ask/trace';
import { updateOnTrace } from './ask/trace-update';
import { getWeights, snapshot } from './ask/weights';
import type { Account } from './loop/work-clock';
import type { Session } from './session/session';
import { train } from './session/train-request';
import type { Command, Requests, RequestType } from './wire/protocol';

export type Result = Requests[RequestType]['result'];

/**
 * Calls the function that a message asks for, and rejects if that function does.
 * @param account is charged with the backend's work for a question
 */
export async function dispatch(session: Session, command: Command, account: Account): Promise<Result> {
  switch (command.type) {
    case 'start':
      return session.start(command.backend);
    case 'setModel':
      return session.setModel(command);
    case 'setDataset':
      return session.setDataset(command.dataset, command.reload);
    case 'configure':
      return session.configure(command.settings);
    case 'train':
      return train(session, command);
    case 'pause':
      return session.pause();
    case 'reset':
      return session.reset();
    case 'evaluate':
      return evaluate(session, account, command);
    case 'predict':
      return predict(session, account, command);
    case 'getWeights':
      return getWeights(session, account);
    case 'removedWeights':
      return session.removedWeights(command.since);
    case 'restoreRemovedWeights':
      return session.restoreRemovedWeights(command.layers);
    case 'snapshot':
      return snapshot(session);
    case 'setWeights':
      return session.setWeights(command.weights);
    case 'backward':
      return backward(session, account, command);
    case 'checkGradients':
      return checkPresentGradients(session, account);
    case 'trace':
      return traceNextBatch(session, account);
    case 'updateOnTrace':
      return updateOnTrace(session, account, command);
    case 'classify':
      return classify(session, account, command);
    case 'saliency':
      return saliency(session, account, command);
    case 'benchmark':
      return benchmark(session, command);
    case 'estimate':
      return estimate(session, command);
    case 'inspect':
      return inspect(session, account, command);
    case 'kernels':
      return kernels(session, command);
    case 'thumbnails':
      return thumbnails(session, account, command);
    case 'inputStatistics':
      return inputStatistics(session);
    case 'samples':
      return samples(session, command);
    default:
      return command satisfies never;
  }
}
