import { binaryBytes } from '../../../model/bytes';
import { MEMORY_USES, type NetworkCost } from '../../../model/cost';
import { formatCount, formatExact } from '../../kit/words/format';
import { useCostStore } from '../../stores/cost-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './cost.module.css';
import { CostRefusal } from './cost-refusal';

/** From this share of a limit on, the page warns. */
const NEAR = 0.8;

/**
 * Memory and work of a training step at the present batch size, compared with what the machine
 * allows.
 */
export function Cost() {
  const cost = useCostStore((state) => state.cost);
  return (
    <div className={classes.cost} data-testid="cost">
      <Tooltip touch w={280} label={cost ? <Breakdown cost={cost} /> : 'Known as soon as the network is valid.'}>
        <div className={classes.meter} tabIndex={0}>
          <span className={`${classes.line} numeric`}>
            <span>
              <strong>{cost ? binaryBytes(cost.totalBytes) : '–'}</strong>{' '}
              {cost ? `at batch ${formatCount(cost.batchSize)}` : 'memory'}
            </span>
            <span className={classes.share}>{cost && limitInWords(cost)}</span>
          </span>
          <Bar cost={cost} />
        </div>
      </Tooltip>
      <CostRefusal />
    </div>
  );
}

function Bar({ cost }: { cost: NetworkCost | null }) {
  const share = cost?.share ?? 0;
  const level = cost?.problem ? 'over' : share >= NEAR ? 'near' : 'free';
  return (
    <div
      className={classes.track}
      role="meter"
      aria-label="Memory used of the limit"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, Math.round(100 * share))}
      aria-valuetext={cost ? limitInWords(cost) : 'not known'}
    >
      <div className={classes.bar} data-level={level} style={{ width: `${Math.min(100, 100 * share)}%` }} />
    </div>
  );
}

/**
 * The limit that the step comes closest to. On a GPU that is the size of its largest buffer, since
 * WebGPU does not report how much memory there is.
 */
function limitInWords({ share, limits }: NetworkCost): string {
  const whole = Number.isFinite(limits.total);
  const limit = binaryBytes(whole ? limits.total : limits.buffer);
  const percent = `${share > 0 && share < 0.01 ? '< 1' : formatExact(100 * share)} %`;
  return `${whole ? '' : 'largest buffer '}${share > 1 ? 'more than' : `${percent} of`} ${limit}`;
}

function Breakdown({ cost }: { cost: NetworkCost }) {
  const { bytes, largestBuffer, limits, multiplyAddsPerStep, largestBatch } = cost;
  const facts = [
    ...MEMORY_USES.map((use) => [use, binaryBytes(bytes[use])]),
    ['multiply-adds per step', formatCount(multiplyAddsPerStep)],
    ['largest batch that fits', formatCount(largestBatch)],
  ];
  return (
    <>
      <dl className={`${classes.facts} numeric`}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {Number.isFinite(limits.buffer) && (
        <p className={classes.note}>
          The largest buffer ({largestBuffer.use}) takes {binaryBytes(largestBuffer.bytes)} of the{' '}
          {binaryBytes(limits.buffer)} that this GPU allows in one. WebGPU does not report how much memory the GPU has
          in all.
        </p>
      )}
    </>
  );
}
