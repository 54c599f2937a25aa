import { Panel } from '../shell/panel';

/** Under construction. */
export function GradientsView() {
  return <Panel title="Gradients">{null}</Panel>;
}
