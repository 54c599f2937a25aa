import { Panel } from '../shell/panel';

/** Under construction. */
export function StepView() {
  return <Panel title="Step">{null}</Panel>;
}
