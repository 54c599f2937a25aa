import { Button, SegmentedControl, Slider, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useRunStore } from '../../stores/run-store';
import { DrawnLabel, StepButton } from '../image-picker';
import { useImageStore } from '../image-store';
import classes from '../prediction.module.css';
import { useStrokesStore, WIDTHS, type Tool } from '../strokes-store';
import { MOST_DOODLES } from './doodles';
import { useDoodlesStore } from './doodles-store';

const TOOLS: { value: Tool; label: string }[] = [
  { value: 'pen', label: 'Pen' },
  { value: 'eraser', label: 'Eraser' },
];

/** What is in the hand, undo and redo, and what becomes of the drawing. */
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
  const tool = useStrokesStore((state) => state.tool);
  const chooseTool = useStrokesStore((state) => state.chooseTool);
  return <SegmentedControl size="xs" aria-label="Tool" data={TOOLS} value={tool} onChange={(value) => chooseTool(value as Tool)} />;
}

function WidthSlider() {
  const tool = useStrokesStore((state) => state.tool);
  const width = useStrokesStore((state) => state.widths[state.tool]);
  const chooseWidth = useStrokesStore((state) => state.chooseWidth);
  const name = `Width of the ${tool}`;
  return (
    <Slider
      className={classes.padSlider}
      size="sm"
      thumbSize={20}
      min={WIDTHS.least}
      max={WIDTHS.most}
      step={4}
      value={width}
      onChange={chooseWidth}
      label={(value) => `${name}: ${value} of 280`}
      thumbLabel={name}
    />
  );
}

function ClearButton() {
  const empty = useStrokesStore((state) => state.strokes.length === 0);
  const clear = useStrokesStore((state) => state.clear);
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
      disabled={empty}
      onClick={() => {
        clear();
        // What the next drawing is meant to be has yet to be said.
        useImageStore.getState().labelDrawing(undefined);
      }}
    >
      Clear drawing
    </Button>
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

/** Says which digit it is, and keeps it. */
function SaveRow() {
  const count = useRunStore(({ dataset }) => dataset?.classes ?? 10);
  const drawn = useImageStore((state) => state.drawn !== null);
  const label = useImageStore((state) => state.drawnLabel);
  const full = useDoodlesStore((state) => state.doodles.length >= MOST_DOODLES);
  const save = () => useDoodlesStore.getState().save({ label: label ?? null, strokes: useStrokesStore.getState().strokes });
  return (
    <div className={classes.padRow}>
      <DrawnLabel classes={count} />
      <Tooltip label={full ? `${MOST_DOODLES} drawings are saved: delete one first` : 'Keep this drawing in this browser, with its label'}>
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
