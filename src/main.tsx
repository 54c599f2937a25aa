import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './ui/shell/tokens.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { choiceOf } from './backend/backends';
import { spawnWorker } from './train/wire/spawn-worker';
import workerUrl from './train/worker.ts?worker&url';
import { App } from './ui/shell/app';
import { installConsole } from './ui/features/console/install';
import { startAutosave } from './ui/features/document/autosave';
import { catchUp } from './ui/features/document/catch-up';
import { openPage } from './ui/features/document/opening';
import { createPlayground } from './ui/client/playground-client';
import { theme } from './ui/shell/theme';
import { PlaygroundContext } from './ui/client/use-playground';

// A function, since even reading `localStorage` throws where storage is blocked.
const storage = () => localStorage;
const opening = openPage(storage);
// The worker starts before the first paint: data and shaders are on their way while the page is
// being drawn.
const wanted = choiceOf(new URLSearchParams(location.search).get('backend'));
const playground = createPlayground(wanted, spawnWorker(workerUrl), opening);
startAutosave(playground, opening, storage);
void catchUp(playground, opening).catch(playground.showProblem);
installConsole(window, playground);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <PlaygroundContext value={playground}>
        <App />
      </PlaygroundContext>
    </MantineProvider>
  </StrictMode>,
);
