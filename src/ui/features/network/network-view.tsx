import { Anchor } from '@mantine/core';
import { useShallow } from 'zustand/shallow';
import { formatShape } from '../../kit/words/format';
import { scalingWords } from '../../kit/words/scaling-words';
import { bringIntoSight, stackRowId } from '../../kit/into-sight';
import { Panel } from '../../kit/panel';
import { ClassName } from '../../parts/classes/class-name';
import { useFormStore } from '../../stores/form-store';
import { useModelStore } from '../../stores/model/model-store';
import { unreadyOf } from '../../stores/model/readiness';
import { hasNetwork } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { LayerCard } from './layer-card';
import classes from './network.module.css';
import { SignLegend } from './sign-legend';
import { Thumbnail } from './thumbnail';
import { useThumbnailStore } from './thumbnail-store';
import { useThumbnails } from './use-thumbnails';

/**
 * The network from input to output. Each layer shows its output for one image and its gradient,
 * live.
 */
export function NetworkView() {
  useThumbnails();
  const uids = useModelStore(
    useShallow((state) => state.layers.flatMap(({ uid, bypassed }) => (bypassed ? [] : [uid]))),
  );
  const valid = useModelStore((state) => state.valid);
  const note = valid ? 'Select a layer to inspect it' : <InvalidNote />;
  return (
    <Panel title="Network" note={note} actions={<SignLegend />}>
      <ol className={classes.network}>
        <InputCard />
        {uids.map((uid) => (
          <LayerCard key={uid} uid={uid} />
        ))}
      </ol>
    </Panel>
  );
}

/** Says why the stack cannot be trained, leads to the layer, and says what the worker has meanwhile. */
function InvalidNote() {
  const kind = useModelStore((state) => unreadyOf(state)?.kind);
  const uid = useModelStore((state) => unreadyOf(state)?.uid);
  const id = useModelStore((state) => state.reports[state.layers.findIndex((layer) => layer.uid === uid)]?.id);
  const show = (uid: string) => {
    useFormStore.getState().open(uid);
    bringIntoSight(stackRowId(uid));
  };
  const known = useRunStore(hasNetwork);
  const meanwhile = known ? 'the former network is kept' : 'there is no network to train yet';
  if (kind === 'empty') return `The stack is empty · ${meanwhile}`;
  if (!id || !uid) return meanwhile.charAt(0).toUpperCase() + meanwhile.slice(1);
  const wrong = kind === 'wrong';
  // The button comes first: if the note does not fit, its end is cut off.
  return (
    <>
      <Tooltip
        label={`Selects the layer in the stack, where ${wrong ? 'the problem' : 'what is missing'} is explained`}
      >
        <Anchor
          component="button"
          type="button"
          inherit
          c={wrong ? 'var(--danger)' : undefined}
          onClick={() => show(uid)}
        >
          {wrong ? `${id} has a problem` : 'The stack is unfinished'}
        </Anchor>
      </Tooltip>
      {` · ${meanwhile}`}
    </>
  );
}

function InputCard() {
  const input = useModelStore((state) => `${formatShape(state.input)}, ${scalingWords(state.inputScaling)}`);
  const image = useThumbnailStore((state) => state.image);
  const label = useThumbnailStore((state) => state.label);
  return (
    <li className={classes.card} data-input>
      <div className={classes.open}>
        <span className={classes.names}>
          <span className={classes.id}>Input image</span>
          <span className={`${classes.facts} numeric`} title={input}>
            {input}
            {label >= 0 && (
              <span className={classes.parameters}>
                {' · label '}
                <ClassName index={label} />
              </span>
            )}
          </span>
        </span>
      </div>
      <div className={classes.picture}>
        <Thumbnail tensor={image ?? undefined} name="the input" gray />
      </div>
      <span className={classes.gradientHead}>Gradient, log</span>
    </li>
  );
}
