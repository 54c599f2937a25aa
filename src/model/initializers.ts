/** How a tensor gets its first values. Names are Keras's (https://keras.io/api/layers/initializers/). */
export const INITIALIZERS = ['glorotUniform', 'zeros', 'ones'] as const;
export type InitializerKind = (typeof INITIALIZERS)[number];

export interface Initializer {
  kind: InitializerKind;
}
