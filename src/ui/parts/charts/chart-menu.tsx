import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconFileTypeCsv, IconPhotoDown, IconTable } from '@tabler/icons-react';
import { memo, useRef, useState, type RefObject } from 'react';
import { showProblem } from '../../stores/show-problem';
import { formatCount } from '../../kit/words/format';
import { MenuEntry } from '../../kit/menu-entry';
import { Dialog } from '../../kit/dialog';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { DataTable } from '../../kit/export/data-table';
import { download } from '../../kit/export/download';
import { pictureOf } from '../../kit/export/picture';
import { fileName, toCsv, type ChartTable } from '../../kit/export/table';

interface ChartMenuProps {
  /** The title of the chart, which also names the files. */
  title: string;
  /** Returns the present numbers behind the chart. Called only when a person asks for them. */
  table: () => ChartTable;
  /** The element that the picture shows. */
  figure: RefObject<HTMLElement | null>;
}

/**
 * The data of a chart as a table, a file or a picture. All charts of the page use this menu. It is
 * memoized, so that it is not rendered again with the lines of the chart.
 */
export const ChartMenu = memo(function ChartMenu({ title, table, figure }: ChartMenuProps) {
  const [shown, setShown] = useState<{ table: ChartTable; step: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const step = () => useRunStore.getState().step;
  const saveCsv = () =>
    download(new Blob([toCsv(table())], { type: 'text/csv;charset=utf-8' }), fileName(title, step(), 'csv'));
  const savePng = async () => {
    if (figure.current) download(await pictureOf(figure.current), fileName(title, step(), 'png'));
  };
  const hide = () => {
    setShown(null);
    // The focus has to be set explicitly, because the menu entry that had it is gone with the menu.
    button.current?.focus();
  };
  return (
    <span data-no-export>
      <Menu position="bottom-end" shadow="md" width={288}>
        <Tooltip label="The numbers behind this chart as a table or a file, and the chart as a picture">
          <span>
            <Menu.Target>
              <ActionIcon ref={button} size={24} aria-label={`Chart options: ${title}`}>
                <IconDots size={16} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Menu.Target>
          </span>
        </Tooltip>
        <Menu.Dropdown>
          <MenuEntry
            Icon={IconTable}
            label="Show data table"
            help="The numbers behind the chart, as they are now"
            onClick={() => setShown({ table: table(), step: step() })}
          />
          <MenuEntry
            Icon={IconFileTypeCsv}
            label="Download CSV"
            help="The same numbers as a file, for a spreadsheet or a script"
            onClick={saveCsv}
          />
          <MenuEntry
            Icon={IconPhotoDown}
            label="Download PNG"
            help="The chart as a picture, with title and legend"
            onClick={() => void savePng().catch(showProblem)}
          />
        </Menu.Dropdown>
      </Menu>
      {/* The table keeps the data of one step, because nobody can read rows that move. */}
      <Dialog
        returnFocus={false}
        opened={shown !== null}
        onClose={hide}
        title={shown && `${title}: data at step ${formatCount(shown.step)}`}
        size="xl"
      >
        {shown && <DataTable table={shown.table} label={`Data of ${title}`} />}
      </Dialog>
    </span>
  );
});
