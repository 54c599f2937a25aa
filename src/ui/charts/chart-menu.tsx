import { ActionIcon, Menu, Modal, Tooltip } from '@mantine/core';
import { IconDots, IconFileTypeCsv, IconPhotoDown, IconTable } from '@tabler/icons-react';
import { useState, type RefObject } from 'react';
import { showProblem } from '../client/show-problem';
import { formatCount } from '../format';
import { useRunStore } from '../stores/run-store';
import { DataTable } from './data-table';
import { download } from './export/download';
import { pictureOf } from './export/picture';
import { fileName, toCsv, type ChartTable } from './export/table';

interface ChartMenuProps {
  /** Of the chart; names the files as well. */
  title: string;
  /** The numbers behind the chart as it is now. Called when they are asked for. */
  table: () => ChartTable;
  /** What the picture shows. */
  figure: RefObject<HTMLElement | null>;
}

/** The data of a chart: as a table, as a file, as a picture. The same for every chart of the page. */
export function ChartMenu({ title, table, figure }: ChartMenuProps) {
  const [shown, setShown] = useState<{ table: ChartTable; step: number } | null>(null);
  const step = () => useRunStore.getState().step;
  const saveCsv = () => download(new Blob([toCsv(table())], { type: 'text/csv;charset=utf-8' }), fileName(title, step(), 'csv'));
  const savePng = async () => {
    if (figure.current) download(await pictureOf(figure.current), fileName(title, step(), 'png'));
  };
  return (
    <span data-no-export>
      <Menu position="bottom-end" shadow="md" width={208}>
        <Tooltip label="The numbers behind this chart as a table or a file, and the chart as a picture">
          <span>
            <Menu.Target>
              <ActionIcon size={24} aria-label={`Chart options: ${title}`}>
                <IconDots size={16} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Menu.Target>
          </span>
        </Tooltip>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTable size={16} />} onClick={() => setShown({ table: table(), step: step() })}>
            Show data table
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={saveCsv}>
            Download CSV
          </Menu.Item>
          <Menu.Item leftSection={<IconPhotoDown size={16} />} onClick={() => void savePng().catch(showProblem)}>
            Download PNG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {/* As of one step: rows that move away under the reader cannot be read. */}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown && `${title}: data at step ${formatCount(shown.step)}`}
        size="xl"
      >
        {shown && <DataTable table={shown.table} label={`Data of ${title}`} />}
      </Modal>
    </span>
  );
}
