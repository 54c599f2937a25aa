import { IconArrowDown, IconArrowUp, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import type { ResolvedModel } from '../../../model/resolve';
import type { LayerKindName } from '../../../model/layers';
import { LayerMark } from '../../kit/layer-mark';
import { formatNumber, formatShape } from '../../kit/words/format';
import { scalingWords } from '../../kit/words/scaling-words';
import { LayerName } from '../../kit/layer-name';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import { normOfStage } from './norm-of-stage';
import { indexOfStage, stageTitle, type Stage } from './stages';
import { goToStage, pauseSlowMotion } from './step-actions';
import { useStepStore } from './step-store';
import classes from './step.module.css';

const HEADS = [
  { name: 'Forward', symbol: '‖y‖', help: 'L2 norm of the output of the layer, over the whole batch' },
  {
    name: 'Backward',
    symbol: '‖∂L/∂y‖',
    help: 'L2 norm of the gradient of the loss by that output, over the whole batch',
  },
  { name: 'Update', symbol: '‖Δw‖', help: 'L2 norm of the change of all weights of the layer' },
];

/**
 * A map of the batch's way: down through the layers, the loss, back up, and the updates. Every
 * stage is a button that shows its number once the batch has been there.
 */
export function StepMap() {
  const model = useStepStore((state) => state.model);
  const at = useStepStore((state) => state.at);
  const map = useRef<HTMLDivElement>(null);
  useEffect(() => keepInSight(map.current), [at, model]);
  if (!model) return null;
  return (
    <div ref={map} className={classes.map} role="group" aria-label="All stages">
      <div className={classes.heads}>
        {HEADS.map(({ name, symbol, help }) => (
          <Tooltip key={name} label={help}>
            <span className={classes.head}>
              {name} <span className={classes.symbol}>{symbol}</span>
            </span>
          </Tooltip>
        ))}
      </div>
      <div className={classes.rows}>
        <SkipArcs model={model} />
        <Row name="Input" shape={`${formatShape(model.spec.input)}, ${scalingWords(model.spec.inputScaling)}`}>
          <Cell stage={{ kind: 'input' }} />
        </Row>
        {model.layers.map(({ id, spec, outputShape, weights }, layer) => (
          <Row key={id} name={<LayerName id={id} />} kind={spec.kind} shape={formatShape(outputShape)}>
            <Cell stage={{ kind: 'forward', layer }} />
            <Cell stage={{ kind: 'backward', layer }} />
            {weights.length > 0 && <Cell stage={{ kind: 'update', layer }} />}
          </Row>
        ))}
        <Row name="Loss" shape="cross-entropy">
          <Cell stage={{ kind: 'loss' }} />
        </Row>
      </div>
    </div>
  );
}

/**
 * Scrolls the map, but nothing around it, until the current stage is visible. If the focus was in
 * the map, it moves to that stage.
 */
function keepInSight(map: HTMLElement | null): void {
  const current = map?.querySelector<HTMLElement>('[aria-current]');
  if (!map || !current) return;
  if (map.contains(document.activeElement)) current.focus({ preventScroll: true });
  const [frame, cell] = [map.getBoundingClientRect(), current.getBoundingClientRect()];
  const above = cell.top - frame.top - 64;
  const below = cell.bottom - frame.bottom + 32;
  if (above < 0) map.scrollTop += above;
  else if (below > 0) map.scrollTop += below;
}

function Row({
  name,
  kind,
  shape,
  children,
}: {
  name: ReactNode;
  kind?: LayerKindName;
  shape: string;
  children: ReactNode;
}) {
  return (
    <div className={classes.row}>
      <span className={classes.rowName}>
        {kind && <LayerMark kind={kind} size={20} />}
        <span className={classes.rowWords}>
          <span className={classes.rowId}>{name}</span>
          <span className={`${classes.rowShape} numeric`}>{shape}</span>
        </span>
      </span>
      {children}
    </div>
  );
}

const ICONS = { input: IconArrowDown, forward: IconArrowDown, loss: null, backward: IconArrowUp, update: IconRefresh };

function Cell({ stage }: { stage: Stage }) {
  const playground = usePlayground();
  const title = useStepStore(({ model }) => (model ? stageTitle(stage, model) : ''));
  const index = useStepStore(({ stages }) => indexOfStage(stages, stage));
  const state = useStepStore(({ at }) => (at === index ? 'current' : at > index ? 'done' : 'ahead'));
  const number = useStepStore(({ trace, update, at }) =>
    at >= index && trace ? normOfStage(stage, trace, update) : null,
  );
  const Icon = ICONS[stage.kind];
  const shown = number === null ? '' : formatNumber(number);
  return (
    <Tooltip label={`Go to: ${title}`}>
      <button
        type="button"
        className={classes.cell}
        data-kind={stage.kind}
        data-state={state}
        data-bad={(number !== null && !Number.isFinite(number)) || undefined}
        aria-label={shown ? `${title}, ${shown}` : title}
        aria-current={state === 'current' ? 'step' : undefined}
        tabIndex={state === 'current' ? 0 : -1}
        onClick={() => {
          pauseSlowMotion();
          void goToStage(playground, index);
        }}
      >
        {Icon && <Icon size={13} stroke={2.2} className={classes.cellIcon} aria-hidden />}
        <span className={`${classes.cellNumber} numeric`}>
          {stage.kind === 'loss' && 'L = '}
          {shown || (stage.kind === 'loss' ? '?' : '')}
        </span>
      </button>
    </Tooltip>
  );
}

/** The height of a row in pixels; the style sheet has the same number. */
const ROW = 40;

/**
 * Brackets from where a skip connection branches off to where it joins again. They light up while
 * the batch takes it.
 */
function SkipArcs({ model }: { model: ResolvedModel }) {
  const lit = useStepStore(({ stages, at }) => {
    const stage = stages[at];
    return stage && 'layer' in stage && stage.kind !== 'update' ? stage.layer : -1;
  });
  const arcs = model.layers.flatMap(({ skipFrom }, layer) =>
    skipFrom === undefined ? [] : [{ from: skipFrom, to: layer }],
  );
  if (arcs.length === 0) return null;
  const middle = (layer: number) => (layer + 1.5) * ROW;
  const style: CSSProperties = { height: (model.layers.length + 2) * ROW };
  return (
    <svg className={classes.arcs} style={style} aria-hidden>
      {arcs.map(({ from, to }) => (
        <path
          key={to}
          d={`M12 ${middle(from)}H6q-4 0-4 4V${middle(to) - 4}q0 4 4 4H12`}
          data-lit={lit === to || undefined}
        />
      ))}
    </svg>
  );
}
