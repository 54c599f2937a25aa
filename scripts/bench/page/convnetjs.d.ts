/** The part of convnetjs that the benchmark uses; the package has no types. */
declare module 'convnetjs' {
  namespace convnetjs {
    /** A volume [height, width, depth] and its gradient. */
    class Vol {
      constructor(sx: number, sy: number, depth: number, fill?: number);
      w: Float64Array;
      dw: Float64Array;
    }
    type Definition = { type: string } & Record<string, string | number | undefined>;
    class Net {
      layers: { layer_type: string; filters?: Vol[]; biases?: Vol }[];
      makeLayers(definitions: Definition[]): void;
      forward(image: Vol, training: boolean): Vol;
      /** @returns the loss */
      backward(label: number): number;
      getParamsAndGrads(): { params: Float64Array; grads: Float64Array }[];
    }
    class Trainer {
      constructor(net: Net, options: Record<string, string | number>);
      train(image: Vol, label: number): { cost_loss: number };
    }
  }
  export default convnetjs;
}
