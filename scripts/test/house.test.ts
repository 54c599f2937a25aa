import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What neither ESLint nor Prettier can see: sizes of folders, and lines that Prettier does not break. */
const MOST_FILES = 30;
const MOST_COLUMNS = 120;

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
const isCode = (file: string) => /\.(ts|tsx|js|cjs|css|wgsl)$/.test(file);

describe('the house', () => {
  it(`has no folder of more than ${MOST_FILES} files`, () => {
    const sizes = new Map<string, number>();
    for (const file of files.filter((each) => /^(src|e2e|scripts)\//.test(each)))
      sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect([...sizes].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });

  it(`has no line of code over ${MOST_COLUMNS} columns`, () => {
    const wide = files.filter(isCode).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => ([...line].length > MOST_COLUMNS ? [`${file}:${i + 1}`] : [])),
    );
    expect(wide).toEqual([]);
  });
});
