import { SayWhichClass } from '../../parts/classes/say-which-class';

/** Explains why there is no gradient for a drawing without a label. */
export const NoLabel = () => <SayWhichClass without="no loss, and no gradient" />;
