import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The folders of src/ in the order in which data flows: each may import from those before it. */
const FOLDERS = ['data', 'model', 'plan', 'reference', 'runtime', 'train', 'ui'];
/** Folders that may import from fewer than all those before them. */
const NARROWER = { reference: ['model'], ui: ['data', 'model', 'train'] };
/**
 * What ui/ may take from train/: types and words that both sides share, and the handle of the
 * worker.
 */
const OPEN_TO_UI = ['protocol', 'engine', 'client', 'gradient-faults'];
/** Folders that know neither GPU nor page. */
const PURE = ['model', 'plan', 'reference'];

const ORDER = `src/ flows ${FOLDERS.join(' -> ')}; see "The house" in src/README.md.`;

/** The paths that a file of `folder` must not import, as regular expressions with the reason. */
function forbiddenPaths(folder) {
  const allowed = NARROWER[folder] ?? FOLDERS.slice(0, FOLDERS.indexOf(folder));
  const folders = FOLDERS.filter((other) => other !== folder && !allowed.includes(other));
  const only = allowed.length > 0 ? `only from ${allowed.join(', ')}` : 'from no other folder';
  const rules = [
    { regex: `^(\\.\\./)+(${folders.join('|')})(/|$)`, message: `${folder}/ may import ${only}. ${ORDER}` },
  ];
  if (folder === 'ui') {
    rules.push({
      regex: `^(\\.\\./)+train/(?!(${OPEN_TO_UI.join('|')})$)`,
      message: `ui/ takes from train/ only ${OPEN_TO_UI.join(', ')}.`,
    });
  } else {
    rules.push({
      regex: '^(react|react-dom|zustand|recharts|@mantine|@dnd-kit|@tabler)(/|$)',
      message: 'Only ui/ knows the libraries of the page.',
    });
  }
  return rules;
}

/**
 * The same for `import(...)`, which no-restricted-imports does not see, and the GPU, which belongs
 * to runtime/.
 */
function forbiddenSyntax(folder) {
  const dynamic = forbiddenPaths(folder).map(({ regex, message }) => ({
    selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002f')}/]`,
    message,
  }));
  if (folder === 'runtime') return dynamic;
  const message = 'Only runtime/ touches the GPU.';
  return [...dynamic, { selector: 'Identifier[name=/^GPU[A-Z][a-z]/]', message }];
}

const folderRules = FOLDERS.map((folder) => ({
  name: `import direction of src/${folder}`,
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', { patterns: forbiddenPaths(folder) }],
    'no-restricted-syntax': ['error', ...forbiddenSyntax(folder)],
    'no-restricted-globals': PURE.includes(folder) ? ['error', 'window', 'document', 'navigator', 'self'] : 'off',
  },
}));

export default defineConfig([
  globalIgnores(['dist', 'test-results', 'playwright-report', 'coverage']),
  js.configs.recommended,
  tseslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, languageOptions: { globals: globals.node } },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Nothing fails silently: a promise is awaited, returned, or marked `void` by someone who
      // thought about it.
      '@typescript-eslint/no-floating-promises': 'error',
      // `const { output, ...rest }` is how to leave something out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/ui/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  ...folderRules,
  {
    name: 'src/errors.ts and src/random.ts serve all folders and import from none',
    files: ['src/errors.ts', 'src/random.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['./*', '../*'] }] },
  },
]);
