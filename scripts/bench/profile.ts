import type { Browser } from '@playwright/test';
import { at } from '../../src/at.ts';
import type { ServedPage } from '../measure/serve.ts';
import { median, printMachine } from '../measure/report.ts';
import { resolveModel, type ResolvedModel } from '../../src/model/resolve.ts';
import { openBenchPage } from './contestants.ts';
import type { KernelProfile } from './page/api.ts';
import type { Row } from './rows.ts';
import { BenchData, writeWork } from './work-files.ts';

const STEPS = 40;
/** The kernels of a layer that do its multiplications, by the end of their label. */
const MULTIPLYING = ['forward', 'dL/dW', 'dL/dx'];

interface KernelRow {
  label: string;
  /** Median over the steps. */
  ms: number;
  multiplyAdds: number;
}

/**
 * Times every kernel in a training step of a row, and prints the times beside what the adapter can
 * do at best.
 */
export async function profileKernels(browser: Browser, served: ServedPage, row: Row): Promise<void> {
  await writeWork(row, new BenchData(), served.folder);
  const page = await openBenchPage(browser, served);
  const { adapter, floors, steps } = await page.evaluate(([id, steps]) => window.bench.profile(id, steps), [
    row.id,
    STEPS,
  ] as const);
  printMachine(browser, [adapter]);
  console.log(
    'Floor, 512 x 512 x 512 in registers: ' +
      `${floors.map(({ kernel, gflops }) => `${kernel} ${gflops.toFixed(2)}`).join(', ')} GFLOP/s`,
  );
  console.log(
    `${row.title}, batch ${row.batchSize}: each dispatch in a compute pass of its own, medians of ${STEPS} steps\n`,
  );
  print(kernelRows(steps, resolveModel(row.spec()), row.batchSize), at(floors, 0).gflops);
}

function kernelRows(steps: KernelProfile['steps'], model: ResolvedModel, batchSize: number): KernelRow[] {
  return at(steps, 0).map(({ label }, i) => ({
    label,
    ms: median(steps.map((step) => at(step, i).ns)) / 1e6,
    multiplyAdds: batchSize * multiplyAddsOf(label, model),
  }));
}

/** Multiply-adds per image. Each of a layer's three products has as many as its forward pass. */
function multiplyAddsOf(label: string, model: ResolvedModel): number {
  const [id, what] = label.split(/ (.*)/);
  const layer = model.layers.find((one) => one.id === id);
  return layer && what !== undefined && MULTIPLYING.includes(what) ? layer.multiplyAdds : 0;
}

function print(kernels: readonly KernelRow[], floor: number): void {
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  console.log('| kernel | ms | share of the step | MFLOP | GFLOP/s | share of the floor |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const line = (label: string, ms: number, multiplyAdds: number) => {
    const gflops = (2 * multiplyAdds) / (ms * 1e6);
    const work =
      multiplyAdds > 0
        ? [((2 * multiplyAdds) / 1e6).toFixed(1), gflops.toFixed(2), percent(gflops / floor)]
        : ['', '', ''];
    console.log(`| ${[label, ms.toFixed(3), percent(ms / total), ...work].join(' | ')} |`);
  };
  for (const { label, ms, multiplyAdds } of kernels) line(label, ms, multiplyAdds);
  line(
    'all',
    total,
    kernels.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  );
}
