import { ViewControls } from '../../parts/charts/view-controls';
import { Panel } from '../../kit/panel';
import { DiagnosisBanner } from './diagnosis/diagnosis-banner';
import classes from './gradients.module.css';
import { useGradientsStore } from './gradients-store';
import { HeatMap } from './heat-map/heat-map';
import { Histograms } from './histograms/histograms';
import { QuantityChart } from './quantity-chart';
import { QuantitySwitch } from './quantity-switch';
import { QUANTITIES, type QuantityName } from '../../parts/charts/quantities';

const setName = (quantity: QuantityName) => useGradientsStore.setState({ quantity });

/**
 * Shows every layer over the run: in words, as a heat map, as lines, and as histograms of its
 * numbers.
 */
export function GradientsView() {
  const name = useGradientsStore((state) => state.quantity);
  return (
    <div className={classes.view}>
      <Panel title="Gradients" actions={<ViewControls />}>
        <div className={classes.sections}>
          <DiagnosisBanner shown={name} onShow={setName} />
          <div className={classes.section}>
            <QuantitySwitch value={name} onChange={setName} />
            <p className={classes.help}>{QUANTITIES[name].help}</p>
          </div>
          <HeatMap name={name} />
          <QuantityChart name={name} />
          <Histograms />
        </div>
      </Panel>
    </div>
  );
}
