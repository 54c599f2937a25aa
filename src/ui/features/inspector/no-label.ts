/** Explains why there is no gradient for a drawing without a label. */
export const NO_LABEL = 'Say which digit you drew: without a label there is no loss, and no gradient.';
