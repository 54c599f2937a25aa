/** A name for the file of a network: letters, numbers and dashes, never empty. */
export function fileName(network: string): string {
  const plain = network.normalize('NFKD').replaceAll(/[^\w.]+/g, '-');
  return `${plain.replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 80) || 'network'}.json`;
}
