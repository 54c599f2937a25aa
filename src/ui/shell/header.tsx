import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { FileMenu } from '../features/document/file-menu';
import { Tooltip } from '../kit/tooltip';
import { BackendBadge } from './backend-badge';
import { DatasetBadge } from './dataset-badge';
import classes from './header.module.css';
import { HelpMenu } from './help-menu';
import { PresetGallery } from './presets/preset-gallery';
import { RunControls } from './run-controls';
import { RunReadout } from './run-readout';
import { SettingsPopover } from './settings-popover';

/**
 * Run controls and readout, then the network and the data in training. It has two rows on a narrow
 * page.
 * @param plain without anything that needs an explanation, for the first screen
 */
export function Header({ plain = false }: { plain?: boolean }) {
  const narrow = useMediaQuery('(max-width: 1180px)', undefined, { getInitialValueInEffect: false });
  const about = (
    <div className={classes.about}>
      <DatasetBadge />
      <BackendBadge />
      <ColorSchemeToggle />
      <HelpMenu />
    </div>
  );
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <h1 className={classes.brand}>
          <Logo />
          <span className={classes.brandName}>CNN Playground</span>
        </h1>
        {narrow && about}
      </div>
      {!plain && <Controls />}
      {!narrow && about}
    </header>
  );
}

function Controls() {
  return (
    <div className={classes.bar} data-grow>
      <RunControls />
      <RunReadout />
      <div className={classes.choices}>
        <FileMenu />
        <PresetGallery />
        <SettingsPopover />
      </div>
    </div>
  );
}

function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? 'Light colours' : 'Dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon size={32} aria-label={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        {dark ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The logo: three feature maps, one behind the other. */
function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden className={classes.logo}>
      <rect x="11" y="3" width="14" height="14" rx="3.5" fill="currentColor" opacity="0.28" />
      <rect x="7" y="7" width="14" height="14" rx="3.5" fill="currentColor" opacity="0.5" />
      <rect x="3" y="11" width="14" height="14" rx="3.5" fill="currentColor" />
    </svg>
  );
}
