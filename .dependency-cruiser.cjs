/**
 * The floors of the house, as one table, and no circle anywhere. `npm run lint` checks them. Imports of types
 * and `import()` count as imports. What each folder is for stands in src/README.md.
 */

/** The folders of src/ in the order in which data flows: each imports only from those before it. */
const FLOORS = ['data', 'model', 'formats', 'plan', 'reference', 'backend', 'train', 'ui'];
/**
 * Folders that import from fewer than all those before them. Of the backends the page knows the names.
 */
const NARROWER = { reference: ['model'], ui: ['data', 'model', 'formats', 'backend/backends', 'train/wire'] };
/** The same inside ui/. */
const UI_FLOORS = ['kit', 'stores', 'client', 'parts', 'features', 'shell'];
/** Files that serve every folder and import from none. */
const COMMON = '^src/[^/]+\\.ts$';
/** Tests compare floors with each other, and may import what they like. */
const TESTS = '\\.test\\.tsx?$|\\.test-helper\\.tsx?$';

/** @returns a rule: files under `from` import nothing else under src/ than `allowed` and what is common to all */
function floor(base, name, allowed) {
  const own = `^${base}/(${[name, ...allowed].join('|')})(/|\\.ts$)`;
  const outside = base === 'src' ? [] : [`^(?!${base}/)src/`];
  return {
    name: `floors: ${base}/${name}`,
    comment: `${base}/${name} may import from ${allowed.join(', ') || 'no other folder'}.`,
    severity: 'error',
    from: { path: `^${base}/${name}/` },
    to: { path: '^src/', pathNot: [own, COMMON, ...outside] },
  };
}

const before = (floors, name) => floors.slice(0, floors.indexOf(name));

module.exports = {
  forbidden: [
    ...FLOORS.map((name) => floor('src', name, NARROWER[name] ?? before(FLOORS, name))),
    ...UI_FLOORS.map((name) => floor('src/ui', name, before(UI_FLOORS, name))),
    {
      name: 'no feature imports another',
      comment: 'What two features need moves down to ui/parts; what one shows of another is handed in by the shell.',
      severity: 'error',
      from: { path: '^src/ui/features/([^/]+)/' },
      to: { path: '^src/ui/features/', pathNot: '^src/ui/features/$1/' },
    },
    {
      name: 'no backend imports another',
      severity: 'error',
      from: { path: '^src/backend/([^/]+)/' },
      to: { path: '^src/backend/[^/]+/', pathNot: '^src/backend/$1/' },
    },
    {
      name: 'only the page knows its libraries',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|main\\.tsx$)' },
      to: { path: 'node_modules/(react|react-dom|zustand|recharts|@mantine|@dnd-kit|@tabler)/' },
    },
    {
      name: 'common files import nothing of src but each other',
      severity: 'error',
      from: { path: COMMON },
      to: { path: '^src/', pathNot: COMMON },
    },
    { name: 'no circle of files', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no circle of folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: TESTS },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.wgsl'] },
  },
};
