import { Panel } from '../shell/panel';

/** Under construction. */
export function CompareView() {
  return <Panel title="Compare">{null}</Panel>;
}
