import { formatNumber } from '../../kit/words/format';
import { Tooltip } from '../../kit/tooltip';
import classes from './inspector.module.css';
import { useInspectorStore } from '../../stores/inspector-store';

/**
 * Shows how much each input channel adds to a sum. Each is a button that shows the channel's
 * window.
 */
export function ChannelSums({
  uid,
  sums,
  channel,
}: {
  uid: string;
  sums: { channel: number; sum: number }[];
  channel: number;
}) {
  const choose = useInspectorStore((state) => state.chooseInputChannel);
  return (
    <div className={classes.channels} role="group" aria-label="Sum over the window in each input channel">
      {sums.map(({ channel: at, sum }) => (
        <Tooltip key={at} label="Shows the window in this input channel">
          <button
            type="button"
            className={classes.channel}
            aria-pressed={at === channel}
            onClick={() => choose(uid, at)}
          >
            <span>channel {at}</span> <b>{formatNumber(sum)}</b>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
