import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount, formatPercent } from '../../kit/words/format';
import type { KeptRun } from '../../stores/kept-run';
import { MOST_KEPT_RUNS, useIsKept, useKeptRunsStore, WORTH_KEEPING } from '../../stores/kept-runs-store';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './compare.module.css';

/** The kept runs: the user can rename and delete them. */
export function KeptRuns() {
  const runs = useKeptRunsStore((state) => state.runs);
  const unsaved = useKeptRunsStore((state) => state.unsaved);
  return (
    <section className={classes.section} aria-label="Kept runs">
      <div className={classes.sectionHead}>
        <h3 className={classes.heading}>
          Kept runs{' '}
          <span className={`${classes.count} numeric`}>
            {runs.length} of {MOST_KEPT_RUNS}
          </span>
        </h3>
        <KeepButton />
      </div>
      <p className={classes.hint}>
        A run that ends after {WORTH_KEEPING} steps or more, because of a reset or a change, is kept by itself.{' '}
        {unsaved
          ? 'This browser does not let the page save them: they last until it is closed.'
          : 'They stay in this browser, with their curves but without their weights.'}
      </p>
      {runs.length > 0 && (
        <ul className={classes.kept}>
          {runs.map((run) => (
            <Kept key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Keeps the run in progress, or updates its record. */
function KeepButton() {
  const begun = useRunStore((state) => state.step > 0);
  const kept = useIsKept();
  const full = useKeptRunsStore(({ runs }) => runs.length >= MOST_KEPT_RUNS && !runs.some(({ byItself }) => byItself));
  const blocked = full && !kept;
  const help = blocked
    ? `${MOST_KEPT_RUNS} runs are kept at most: delete one first.`
    : 'Records network, settings and curves of the present run as they are now';
  return (
    <Tooltip label={help}>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconBookmarkPlus size={15} aria-hidden />}
        aria-disabled={!begun || blocked || undefined}
        data-disabled={!begun || blocked || undefined}
        onClick={() => begun && !blocked && useKeptRunsStore.getState().keep()}
      >
        {kept ? 'Update the kept run' : 'Keep this run'}
      </Button>
    </Tooltip>
  );
}

function Kept({ run }: { run: KeptRun }) {
  const { id, name, steps, rows, byItself, keptAt } = run;
  const accuracy = run.evaluations.findLast(({ split }) => split === 'validation')?.accuracy ?? rows.at(-1)?.accuracy;
  return (
    <li className={classes.keptRun}>
      <NameInput id={id} name={name} />
      <span className={`${classes.facts} numeric`}>
        {formatCount(steps)} {steps === 1 ? 'step' : 'steps'}
        {accuracy !== undefined && `, ${formatPercent(accuracy)} right`}
        {byItself && ', kept by itself'},{' '}
        {new Date(keptAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
      </span>
      <Tooltip label="Deletes this run from the browser, for good">
        <ActionIcon
          size={28}
          aria-label={`Delete ${name}`}
          onClick={({ currentTarget }) => {
            focusBeside(currentTarget.closest('li'));
            useKeptRunsStore.getState().remove(id);
          }}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/**
 * Focuses the first button of the next run, or of the previous one, or of the list, so keyboard
 * users do not have to start over.
 */
function focusBeside(item: HTMLElement | null) {
  const beside = item?.nextElementSibling ?? item?.previousElementSibling ?? item?.closest('section');
  beside?.querySelector('button')?.focus();
}

/**
 * The name changes when the field loses the focus, or with Enter; an empty name is not accepted.
 */
function NameInput({ id, name }: { id: string; name: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const wanted = draft?.trim();
    if (wanted && wanted !== name) useKeptRunsStore.getState().rename(id, wanted.slice(0, 200));
    setDraft(null);
  };
  return (
    <Tooltip label="A name to know the run by; Enter keeps it">
      <TextInput
        size="xs"
        className={classes.name}
        aria-label={`Name of ${name}`}
        value={draft ?? name}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    </Tooltip>
  );
}
