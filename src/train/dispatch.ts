import type { Command, Requests, RequestType } from './wire/protocol';
import { Queries } from './ask/queries';
import type { Session } from './session/session';
import { traceNextBatch } from './ask/trace';
import { updateOnTrace } from './ask/trace-update';

export type Result = Requests[RequestType]['result'];

/** The one way from a message to what it asks for. Rejects as what it asks for does. */
export function createDispatch(session: Session): (command: Command) => Promise<Result> {
  const queries = new Queries(session);
  return async (command) => {
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
        return queries.train(command);
      case 'pause':
        return session.pause();
      case 'reset':
        return session.reset();
      case 'evaluate':
        return queries.evaluate(command);
      case 'predict':
        return queries.predict(command);
      case 'getWeights':
        return queries.getWeights();
      case 'putAway':
        return session.putAway(command.since);
      case 'restorePutAway':
        return session.restorePutAway(command.layers);
      case 'snapshot':
        return queries.snapshot();
      case 'setWeights':
        return session.setWeights(command.weights);
      case 'backward':
        return queries.backward(command);
      case 'checkGradients':
        return queries.checkGradients();
      case 'trace':
        return traceNextBatch(session);
      case 'updateOnTrace':
        return updateOnTrace(session, command);
      case 'classify':
        return queries.classify(command);
      case 'saliency':
        return queries.saliency(command);
      case 'benchmark':
        return queries.benchmark(command);
      case 'estimate':
        return queries.estimate(command);
      case 'inspect':
        return queries.inspect(command);
      case 'kernels':
        return queries.kernels(command);
      case 'thumbnails':
        return queries.thumbnails(command);
      case 'samples':
        return queries.samples(command);
      default:
        return command satisfies never;
    }
  };
}
