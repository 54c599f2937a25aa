import { useDraggable } from '@dnd-kit/core';
import { Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Family } from '../../model/layer-kind';
import { layerKinds, type LayerKindName } from '../../model/layers';
import { kindOf } from '../../model/spec';
import { Panel } from '../shell/panel';
import { useModelStore } from '../stores/model-store';
import classes from './builder.module.css';
import type { Dragged } from './drag';
import { LayerMark } from './layer-mark';

const names = Object.keys(layerKinds) as LayerKindName[];
const families = [...new Set(names.map((name) => kindOf(name).family))];

/** Every kind of layer, grouped by family: click to add, drag to place. */
export function LayerPalette() {
  return (
    <div className={classes.fixed}>
      <Panel title="Layers" note="Drag into the stack, or click to add">
        <div className={classes.palette}>
          {families.map((family) => (
            <PaletteGroup key={family} family={family} />
          ))}
        </div>
      </Panel>
    </div>
  );
}

/** With places to break the line before each capital: Keras's names are longer than the palette is wide. */
const breakable = (label: string) => label.replace(/(?<=[a-z])(?=[A-Z])/g, '\u200b');

function PaletteGroup({ family }: { family: Family }) {
  return (
    <div role="group" aria-label={family} className={classes.group}>
      {names
        .filter((name) => kindOf(name).family === family)
        .map((name) => (
          <PaletteItem key={name} name={name} />
        ))}
    </div>
  );
}

function PaletteItem({ name }: { name: LayerKindName }) {
  const { label, help } = kindOf(name);
  const data: Dragged = { from: 'palette', kind: name };
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: `palette:${name}`, data });
  // Its help is not to lie over what a click has just added.
  const [clicked, setClicked] = useState(false);
  const tip = (
    <>
      {help}
      <span className={classes.tipNote}>
        Click: after the selected layer, or else where the network keeps working (before Flatten or the output). Space: carry it with the
        arrow keys.
      </span>
    </>
  );
  return (
    <Tooltip label={tip} position="right" disabled={isDragging || clicked}>
      <button
        type="button"
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        aria-label={`Add ${label}`}
        className={classes.paletteItem}
        data-dragging={isDragging || undefined}
        onPointerLeave={() => setClicked(false)}
        onClick={() => {
          setClicked(true);
          useModelStore.getState().addLayer(name);
        }}
      >
        <LayerMark kind={name} size={20} />
        <span className={classes.paletteLabel}>{breakable(label)}</span>
        <IconPlus size={12} className={classes.plus} aria-hidden />
      </button>
    </Tooltip>
  );
}
