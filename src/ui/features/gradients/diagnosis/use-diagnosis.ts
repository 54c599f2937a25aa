import { useEffect, useState } from 'react';
import { at } from '../../../../at';
import { INTERVAL_MS } from '../../../../pace';
import { useDiagnosticsStore } from '../../../stores/diagnostics-store';
import { useModelStore } from '../../../stores/model/model-store';
import { faultOf, isRunning, runIdOf, trainedIds, trainedSpec } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { factsOf } from '../../../stores/dataset-facts';
import { useSeriesStore } from '../../../stores/series-store';
import { nextDiagnosis, NO_DIAGNOSIS, type Diagnosis } from './diagnosis';
import { gatherEvidence } from './evidence';

/**
 * The diagnosis of the run, kept up to date during training.
 * @param apartMs milliseconds between two looks
 */
export function useDiagnosis(apartMs: number = INTERVAL_MS.diagnosis): Diagnosis {
  const [diagnosis, setDiagnosis] = useState(NO_DIAGNOSIS);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      setDiagnosis((before) => nextDiagnosis(before, evidenceNow()));
    };
    const soon = () => void (timer ??= setTimeout(look, apartMs));
    const unsubscribe = [
      useSeriesStore.subscribe(soon),
      useDiagnosticsStore.subscribe(soon),
      useRunStore.subscribe((state, before) => state.machine !== before.machine && soon()),
    ];
    soon();
    return () => {
      clearTimeout(timer);
      for (const stop of unsubscribe) stop();
    };
  }, [apartMs]);
  return diagnosis;
}

function evidenceNow() {
  const run = useRunStore.getState();
  const { normSlots } = run;
  const ids = trainedIds(run);
  const { layers, reports } = useModelStore.getState();
  const units: Record<string, number> = {};
  layers.forEach(({ uid }, i) => {
    const { id, resolved } = at(reports, i);
    const channels = resolved?.outputShape.at(-1);
    // Reads the last dimension from the stack on the page, which may have changed since the network
    // was made.
    if (channels && ids[uid] === id) units[id] = channels;
  });
  const rows = useSeriesStore.getState().recent();
  const looks = useDiagnosticsStore.getState().rows();
  return gatherEvidence({
    runId: runIdOf(run),
    rows,
    normSlots,
    looks,
    running: isRunning(run),
    classes: factsOf(run).classes,
    inputScaling: trainedSpec(run)?.inputScaling,
    halted: faultOf(run),
    units,
  });
}
