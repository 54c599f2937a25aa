import { Kbd } from '@mantine/core';
import { DATASETS, type Credits } from '../../data/sets';
import { CONSOLE_HELP, type CallHelp } from '../features/console/help';
import { SourceLink } from '../kit/source-link';
import { useRunStore } from '../stores/run-store';
import { Dialog } from '../kit/dialog';
import classes from './help.module.css';

/** A dialog on one topic of the help menu. */
export function HelpDialog({ topic, onClose }: { topic: HelpTopic; onClose: () => void }) {
  const { title, size, Content } = TOPICS[topic];
  return (
    <Dialog opened onClose={onClose} title={title} size={size}>
      <Content />
    </Dialog>
  );
}

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Space'], 'Play or pause training, unless a button has the focus'],
  [['Ctrl', 'Z'], 'Undo the last change of network or settings'],
  [['Ctrl', 'Shift', 'Z'], 'Redo it; so does Ctrl+Y'],
  [['Ctrl', 'S'], 'Save the network as a file'],
  [['Ctrl', 'O'], 'Open a file'],
  [['Delete'], 'Remove the selected layer'],
  [['Esc'], 'Close what is open; else deselect the layer'],
  [['Tab'], 'Go to the next control; with Shift to the one before'],
  [['Enter'], 'Press the button that has the focus, such as a layer of the palette to add it'],
  [['Space', '↑', '↓', 'Space'], 'On a layer of the palette or of the stack: pick it up, move it, put it down'],
  [['←', '→'], 'Change the tab that has the focus'],
];

function Keys() {
  return (
    <>
      <table className={classes.keys}>
        <thead>
          <tr>
            <th scope="col">Keys</th>
            <th scope="col">What they do</th>
          </tr>
        </thead>
        <tbody>
          {KEYS.map(([keys, what]) => (
            <tr key={what}>
              <th scope="row">
                {keys.map((key, i) => (
                  <Kbd key={i}>{key}</Kbd>
                ))}
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>On a Mac, ⌘ does what Ctrl does here.</p>
    </>
  );
}

/** The calls of `window.playground`, for people who look for numbers. */
function ConsoleCalls() {
  return (
    <div className={classes.console}>
      <p>
        Open the browser&apos;s console (F12, or ⌥⌘I on a Mac) and type <code>playground.</code>: everything on this
        page can be scripted, and every number read. <code>playground.help()</code> prints this list.
      </p>
      <dl>
        {Object.values<CallHelp>(CONSOLE_HELP).map(({ call, does, example }) => (
          <div key={call}>
            <dt>
              <code>{call}</code>
            </dt>
            <dd>
              {does}
              <pre>{example}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function About() {
  const source = useRunStore((state) => state.dataset?.source);
  const adapter = useRunStore((state) => state.adapter);
  return (
    <div className={classes.about}>
      <p>
        Stack a convolutional network, train it in this browser, and see why it learns or fails, down to the gradient of
        a single filter. Every forward pass, every gradient and every update is a compute shader of this page, run
        through WebGPU
        {adapter && <> (here on: {adapter})</>}.
      </p>
      <h3>Your data stays here</h3>
      <p>There is no server and no account. Networks, drawings and images that you open never leave this computer.</p>
      <h3>Images</h3>
      <p>
        {DATASETS.map(({ id, credits }) => credits && <CreditsOf key={id} {...credits} />)}
        {source && <>In use now: {source}</>}
      </p>
      <h3>Licence</h3>
      <p>The program is free software under the MIT licence: use it, change it, teach with it.</p>
    </div>
  );
}

function CreditsOf({ text, paper, otherwise }: Credits) {
  return (
    <>
      {text}; described in <SourceLink href={paper.url}>{paper.name}</SourceLink>. {otherwise}{' '}
    </>
  );
}

const TOPICS = {
  keys: { title: 'Keyboard shortcuts', size: 560, Content: Keys },
  console: { title: 'Numbers and scripts: window.playground', size: 720, Content: ConsoleCalls },
  about: { title: 'About CNN Playground', size: 560, Content: About },
} as const;

export type HelpTopic = keyof typeof TOPICS;
