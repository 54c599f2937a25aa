/** How many steps there are between two looks at the loss. */
const GROUP = 16;

/**
 * Runs steps without waiting for each. The device is at most two groups of steps behind, so the
 * queue neither runs dry nor grows without end.
 * @param step submits one step and returns its loss on the device
 * @param read brings a loss to the host and frees it
 * @param free frees a loss that nobody needs
 * @returns the loss of the last step
 */
export async function runInFlight<Loss>(
  steps: number,
  step: () => Loss,
  read: (loss: Loss) => Promise<number>,
  free: (loss: Loss) => void,
): Promise<number> {
  let before: Promise<number> | null = null;
  for (let i = 1; i < steps; i++) {
    const loss = step();
    if (i % GROUP !== 0) {
      free(loss);
      continue;
    }
    const reading = read(loss);
    await before;
    before = reading;
  }
  return read(step());
}
