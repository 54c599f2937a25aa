import type { Explanation } from '../../../model/explain/explain';

/** A number with as many figures as a float32 holds. */
export const exact = (value: number) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(7))).replace('-', '−') : String(value);

/** One line of arithmetic that shows how a layer computed one number, and ends in that number. */
export function wordsOf(explanation: Explanation): string {
  switch (explanation.how) {
    case 'filter':
    case 'unit': {
      const { bias, z, activation, y } = explanation;
      const sum = `∑ = ${exact(z - (bias ?? 0))}`;
      const biased = bias === null ? '' : `, + bias ${exact(bias)}`;
      const stored =
        activation === 'softmax'
          ? 'y = z (softmax comes with the loss)'
          : activation === 'linear'
            ? 'y = z'
            : `y = ${activation}(z)`;
      return `${sum}${biased}; z = ${exact(z)}; ${stored} = ${exact(y)}`;
    }
    case 'max':
      return `y = max of ${explanation.inside} = ${exact(explanation.y)}`;
    case 'mean':
      return `y = mean of ${explanation.inside} = ${exact(explanation.y)}`;
    case 'copy':
      return explanation.inside ? `y = x = ${exact(explanation.y)}` : 'y = 0: this place is in the frame';
    case 'normalize': {
      const { x, mean, variance, epsilon, gamma, beta, y } = explanation;
      return (
        `y = ${exact(gamma)} · (${exact(x)} − ${exact(mean)}) / √(${exact(variance)} + ${exact(epsilon)}) + ` +
        `${exact(beta)} = ${exact(y)}`
      );
    }
    case 'activation':
      return `y = ${explanation.activation}(${exact(explanation.x)}) = ${exact(explanation.y)}`;
    case 'add':
      return `y = ${exact(explanation.x)} + ${exact(explanation.skip)} = ${exact(explanation.y)}`;
    case 'same':
      return `y = x = ${exact(explanation.y)}`;
    default:
      return explanation satisfies never;
  }
}
