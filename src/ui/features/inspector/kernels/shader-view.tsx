import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Requests } from '../../../../train/wire/protocol';
import { Tooltip } from '../../../kit/tooltip';
import classes from '../inspector.module.css';
import { loadShaderSource, type ShaderSource } from './shader-sources';

/**
 * The source of one kernel, scrolled to its entry point, with the constants it was compiled with.
 */
export function ShaderView({ kernel }: { kernel: Requests['kernels']['result'][number] }) {
  const { shader, entryPoint, constants, label } = kernel;
  const [source, setSource] = useState<ShaderSource | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    loadShaderSource(shader, entryPoint).then(
      (loaded) => wanted && setSource(loaded),
      () => wanted && setSource('failed'),
    );
    return () => void (wanted = false);
  }, [shader, entryPoint]);
  return (
    <div className={classes.shader}>
      <p className={classes.check}>
        {label}. Constants:{' '}
        <code>
          {Object.entries(constants)
            .map(([name, value]) => `${name}=${Number.isInteger(value) ? value : value.toPrecision(4)}`)
            .join(' ')}
        </code>
      </p>
      {source === null && <div className={`${classes.waiting} ${classes.code}`}>Loading the source…</div>}
      {source === 'failed' && (
        <div className={classes.failed} role="alert">
          The source could not be loaded. Load the page again when its server can be reached.
        </div>
      )}
      {source !== null && source !== 'failed' && <Code source={source} entryPoint={entryPoint} />}
    </div>
  );
}

function Code({ source: { file, text, line }, entryPoint }: { source: ShaderSource; entryPoint: string }) {
  const box = useRef<HTMLDivElement>(null);
  const entry = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Scrolls the box alone, not the page. The line before the function holds the entry point's
    // attribute.
    if (box.current && entry.current) box.current.scrollTop = entry.current.offsetTop - 2 * entry.current.offsetHeight;
  }, [text, line]);
  return (
    <>
      <div className={classes.codeHead}>
        <span>
          {file}, line {line}
        </span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label="Puts the whole file into the clipboard">
              <Button
                size="compact-xs"
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              >
                {copied ? 'Copied' : 'Copy source'}
              </Button>
            </Tooltip>
          )}
        </CopyButton>
      </div>
      <div
        ref={box}
        className={classes.code}
        tabIndex={0}
        role="region"
        aria-label={`Source of ${entryPoint}, ${file}`}
      >
        {text.split('\n').map((content, i) => (
          <div
            key={i}
            ref={i + 1 === line ? entry : undefined}
            className={classes.line}
            data-entry={i + 1 === line || undefined}
          >
            <span className={classes.lineNumber} aria-hidden>
              {i + 1}
            </span>
            <code>{content || ' '}</code>
          </div>
        ))}
      </div>
    </>
  );
}
