import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, useId, useState } from 'react';
import type { Family } from '../../../model/layer-kind';
import { layerKinds, type LayerKindName } from '../../../model/layers';
import { kindOf } from '../../../model/spec';
import { familyColor } from '../../kit/palette';
import { Tooltip } from '../../kit/tooltip';
import { addLayer } from './commands';
import type { Dragged } from './drag';
import classes from './palette.module.css';

const names = Object.keys(layerKinds) as LayerKindName[];
const families = [...new Set(names.map((name) => kindOf(name).family))];

/**
 * All kinds of layers under the names of their families: click to add, drag to place. The palette
 * folds up to leave its room to the stack.
 */
export const LayerPalette = memo(function LayerPalette() {
  const id = useId();
  const [open, setOpen] = useLocalStorage({
    key: 'cnn-playground.palette-open',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return (
    <section className={classes.palette} aria-labelledby={id} data-panel="Layers">
      <header className={classes.head}>
        <h2 className={classes.heading} id={id}>
          Layers
        </h2>
        <span className={classes.note}>Click to add, or drag into the stack</span>
        <Tooltip label={open ? 'Fold, for more room below' : 'Show the layers to add'}>
          <ActionIcon size={28} aria-label="Kinds of layers" aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronDown size={16} stroke={1.7} className={classes.chevron} data-open={open || undefined} />
          </ActionIcon>
        </Tooltip>
      </header>
      {open && (
        <div className={classes.groups}>
          {families.map((family) => (
            <PaletteGroup key={family} family={family} />
          ))}
        </div>
      )}
    </section>
  );
});

function PaletteGroup({ family }: { family: Family }) {
  const id = useId();
  const color = familyColor(family, useComputedColorScheme('light'));
  return (
    <div role="group" aria-labelledby={id} className={classes.group}>
      <h3 className={classes.family} style={{ color }} id={id}>
        {family.charAt(0).toUpperCase() + family.slice(1)}
      </h3>
      <div className={classes.kinds}>
        {names
          .filter((name) => kindOf(name).family === family)
          .map((name) => (
            <PaletteItem key={name} name={name} />
          ))}
      </div>
    </div>
  );
}

function PaletteItem({ name }: { name: LayerKindName }) {
  const { label, help } = kindOf(name);
  const data: Dragged = { from: 'palette', kind: name };
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: `palette:${name}`, data });
  // Hides the tooltip after a click, so it does not cover the layer that was just added.
  const [clicked, setClicked] = useState(false);
  const tip = (
    <>
      {help}
      <span className={classes.tipNote}>
        Click: after the selected layer, or else where the network keeps working (before Flatten or the output). Space:
        carry it with the arrow keys.
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
        className={classes.kind}
        data-dragging={isDragging || undefined}
        onPointerLeave={() => setClicked(false)}
        onClick={() => {
          setClicked(true);
          addLayer(name);
        }}
      >
        {label}
      </button>
    </Tooltip>
  );
}
