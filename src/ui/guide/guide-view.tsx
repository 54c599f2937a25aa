import { Panel } from '../shell/panel';

/** Under construction. */
export function GuideView() {
  return <Panel title="Guide">{null}</Panel>;
}
