import { Button, SegmentedControl, Slider } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { explained } from '../../../kit/explained';
import { Tooltip } from '../../../kit/tooltip';
import { DrawnLabel, StepButton } from '../../../parts/images/image-picker';
import { useImageStore } from '../../../stores/image-store';
import classes from '../prediction.module.css';
import { PAD, useStrokesStore, WIDTHS, type Tool } from '../../../stores/strokes-store';
import { MOST_DOODLES } from './doodles';
import { useDoodlesStore } from './doodles-store';

const toolsWith = (penHelp: string): { value: Tool; label: string; help: string }[] => [
  { value: 'pen', label: 'Pen', help: penHelp },
  { value: 'eraser', label: 'Eraser', help: 'Rubs out part of the drawing' },
];

/** The tools of the pad: pen and eraser, undo and redo, and actions for the drawing. */
export function PadTools() {
  return (
    <div className={classes.padTools}>
      <div className={classes.padRow}>
        <ToolChoice />
        <WidthSlider />
      </div>
      <div className={classes.padRow}>
        <ClearButton />
        <History />
      </div>
      <SaveRow />
    </div>
  );
}

function ToolChoice() {
  const { drawing } = useDatasetFacts();
  const tool = useStrokesStore((state) => state.tool);
  const chooseTool = useStrokesStore((state) => state.chooseTool);
  return (
    <SegmentedControl
      size="xs"
      aria-label="Tool"
      data={explained(toolsWith(drawing?.penHelp ?? ''))}
      value={tool}
      onChange={(value) => chooseTool(value as Tool)}
    />
  );
}

function WidthSlider() {
  const tool = useStrokesStore((state) => state.tool);
  const width = useStrokesStore((state) => state.widths[state.tool]);
  const chooseWidth = useStrokesStore((state) => state.chooseWidth);
  const name = `Width of the ${tool}`;
  return (
    // The tooltip is below the slider, because the present width is shown above the thumb while the
    // thumb moves.
    <Tooltip label={`${name}: ${width} of the ${PAD} pixels of the pad`} position="bottom">
      <Slider
        className={classes.padSlider}
        size="sm"
        thumbSize={20}
        min={WIDTHS.least}
        max={WIDTHS.most}
        step={4}
        value={width}
        onChange={chooseWidth}
        label={(value) => `${name}: ${value} of ${PAD}`}
        thumbLabel={name}
      />
    </Tooltip>
  );
}

export function ClearButton() {
  const empty = useStrokesStore((state) => state.strokes.length === 0);
  const clearAll = () => {
    useStrokesStore.getState().clear();
    // The next drawing has no label yet.
    useImageStore.getState().labelDrawing(undefined);
  };
  return (
    <Tooltip label={empty ? 'The pad is empty' : 'Empties the pad; undo brings the drawing back'}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
        data-disabled={empty || undefined}
        aria-disabled={empty}
        onClick={(event) => (empty ? event.preventDefault() : clearAll())}
      >
        Clear drawing
      </Button>
    </Tooltip>
  );
}

function History() {
  const canUndo = useStrokesStore((state) => state.past.length > 0);
  const canRedo = useStrokesStore((state) => state.future.length > 0);
  const { undo, redo } = useStrokesStore.getState();
  return (
    <div>
      <StepButton name="Undo the last stroke" icon={IconArrowBackUp} disabled={!canUndo} onClick={undo} />
      <StepButton name="Redo the stroke" icon={IconArrowForwardUp} disabled={!canRedo} onClick={redo} />
    </div>
  );
}

/** Asks which class the drawing is, and saves it. */
function SaveRow() {
  const drawn = useImageStore((state) => state.drawn !== null);
  const label = useImageStore((state) => state.drawnLabel);
  const full = useDoodlesStore((state) => state.doodles.length >= MOST_DOODLES);
  const save = () =>
    useDoodlesStore.getState().save({ label: label ?? null, strokes: useStrokesStore.getState().strokes });
  return (
    <div className={classes.padRow}>
      <DrawnLabel />
      <Tooltip
        label={
          full
            ? `${MOST_DOODLES} drawings are saved: delete one first`
            : 'Keep this drawing in this browser, with its label'
        }
        position="bottom"
      >
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
          data-disabled={!drawn || full || undefined}
          aria-disabled={!drawn || full}
          onClick={(event) => (drawn && !full ? save() : event.preventDefault())}
        >
          Save
          <span className="visually-hidden"> drawing</span>
        </Button>
      </Tooltip>
    </div>
  );
}
