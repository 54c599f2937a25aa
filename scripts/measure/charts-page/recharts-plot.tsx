import type { ReactNode } from 'react';
import { Brush, CartesianGrid, Legend, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { Axis } from '../../../src/ui/kit/plot/axes.ts';
import { formatExact } from '../../../src/ui/kit/words/format.ts';
import type { PlotLine, PlotPoint } from '../../../src/ui/kit/plot/plot-point.ts';
import { Lines } from '../../../src/ui/kit/plot/lines.tsx';
import { INSET, plotScale } from '../../../src/ui/kit/plot/plot-scale.ts';
import { useSteady } from '../../../src/ui/kit/plot/use-steady.ts';
import { formatDecade } from '../../../src/ui/kit/plot/tick-format.ts';

/** What recharts draws by its own components beside the axes. */
export interface Parts {
  /** Without: the lines are the page's own, within recharts' axes. */
  line?: boolean;
  tooltip?: boolean;
  legend?: boolean;
  brush?: boolean;
}

interface RechartsPlotProps extends Parts {
  width: number;
  height: number;
  points: PlotPoint[];
  lines: readonly PlotLine[];
  x: Axis;
  y: Axis;
  describe: (point: PlotPoint) => ReactNode;
  words: ReactNode;
}

const MARGIN = { top: INSET.top, right: INSET.right, bottom: 0, left: 0 };
/** Where nothing that recharts draws needs them: as on the page. */
const NONE: PlotPoint[] = [];
const TICK = { fontSize: 11 };

/** The chart of the page as recharts alone draws it, at its fastest: no animation, no dots. */
export function RechartsPlot(props: RechartsPlotProps) {
  const { width, height, points, lines, describe, words, line, tooltip, legend, brush } = props;
  const [x, y] = [useSteady(props.x), useSteady(props.y)];
  return (
    <LineChart
      width={width}
      height={height}
      data={line || tooltip || brush ? points : NONE}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} />
      <XAxis
        dataKey="step"
        type="number"
        {...x}
        niceTicks="none"
        allowDataOverflow
        height={INSET.bottom}
        tick={TICK}
        tickFormatter={formatExact}
        tickSize={4}
        interval="preserveEnd"
      />
      <YAxis
        type="number"
        scale="log"
        {...y}
        niceTicks="none"
        width={INSET.left}
        tick={TICK}
        tickFormatter={formatDecade}
        tickSize={4}
        allowDataOverflow
        interval={0}
      />
      {!line && (
        <g>
          <Lines {...{ points, lines }} scale={plotScale({ width, height }, x, y, 'log')} active={null} />
        </g>
      )}
      {line &&
        lines.map(({ key, color, width: stroke, dash }) => (
          <Line
            key={key}
            dataKey={key}
            stroke={color}
            strokeWidth={stroke}
            strokeDasharray={dash}
            dot={false}
            activeDot={tooltip ? { r: 3 } : false}
            isAnimationActive={false}
          />
        ))}
      {tooltip && (
        <Tooltip
          isAnimationActive={false}
          content={({ payload }) => (payload[0] ? <div>{describe(payload[0].payload as PlotPoint)}</div> : null)}
        />
      )}
      {legend && <Legend content={() => words} />}
      {brush && <Brush dataKey="step" height={20} />}
    </LineChart>
  );
}
