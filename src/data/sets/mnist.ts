import { MNIST } from '../digits';
import type { DatasetEntry } from './entry';
import { generated } from './generated';

export const mnist: DatasetEntry<typeof MNIST.id> = {
  ...MNIST,
  inSentence: MNIST.name,
  help: 'Handwritten digits, downloaded once and kept by the browser',
  loading: 'Loading MNIST',
  fallback: generated,
  credits: {
    text:
      'MNIST, handwritten digits collected by NIST and put together by Yann LeCun, Corinna ' +
      'Cortes and Christopher Burges',
    paper: { name: 'LeCun et al. 1998', url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf' },
    otherwise: 'Where it cannot be had, the page draws digits of its own.',
  },
  load: async (context) => (await import('../mnist')).loadMnist(context),
};
