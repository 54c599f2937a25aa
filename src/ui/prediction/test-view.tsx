import { Panel } from '../shell/panel';

/** Under construction. */
export function TestView() {
  return <Panel title="Test">{null}</Panel>;
}
