import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.{ts,tsx}'];

/** Folders that know neither GPU nor page. */
const PURE = ['model', 'plan', 'reference'];

const UNSAFE = ['argument', 'assignment', 'call', 'member-access', 'return'];

/** Too short on a busy machine, too long on any other. */
const FIXED_SLEEPS = [
  "CallExpression[callee.property.name='waitForTimeout']",
  "CallExpression[callee.name='setTimeout']",
  "CallExpression[callee.object.name='window'][callee.property.name='setTimeout']",
].map((selector) => ({ selector, message: 'Wait for a condition, or see e2e/parts/rest.ts.' }));

/** Only one backend touches the GPU; the worker, and a script in Node, hand it in. */
const ONLY_WEBGPU_TOUCHES_THE_GPU = {
  name: 'the GPU belongs to src/backend/webgpu',
  files: ['src/**/*.{ts,tsx}'],
  ignores: ['src/backend/webgpu/**'],
  rules: {
    'no-restricted-syntax': [
      'error',
      { selector: 'Identifier[name=/^GPU[A-Z][a-z]/]', message: 'Only src/backend/webgpu touches the GPU.' },
    ],
  },
};

const NO_PAGE_IN_THE_ENGINE = {
  name: 'neither window nor navigator where a network is described',
  files: PURE.map((folder) => `src/${folder}/**/*.ts`),
  rules: { 'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'self'] },
};

export default defineConfig([
  globalIgnores(['dist', 'test-results', 'playwright-report', 'coverage']),
  js.configs.recommended,
  tseslint.configs.recommended,
  { files: TYPESCRIPT, extends: [tseslint.configs.recommendedTypeCheckedOnly] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, languageOptions: { globals: globals.node } },
  {
    files: TYPESCRIPT,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Nothing fails silently: a promise is awaited, returned, or marked `void` by someone who
      // thought about it.
      '@typescript-eslint/no-floating-promises': 'error',
      // `const { output, ...rest }` is how to leave something out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // A function that returns a promise is `async`, so that whatever it throws is a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    name: 'code that replaces a method of the browser calls the old one on its object',
    files: ['**/*.test.ts', '**/live-buffers.test-helper.ts', 'e2e/parts/*.ts', 'scripts/bench/page/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    name: 'the peers of the benchmark are installed by it, so that their types are not known here',
    files: ['scripts/bench/page/**/*.ts'],
    rules: {
      ...Object.fromEntries(UNSAFE.map((kind) => [`@typescript-eslint/no-unsafe-${kind}`, 'off'])),
      // Whether an assertion is needed depends on whether they are installed.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  { files: ['src/ui/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  ONLY_WEBGPU_TOUCHES_THE_GPU,
  NO_PAGE_IN_THE_ENGINE,
  {
    name: 'no fixed sleeps in e2e',
    files: ['e2e/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...FIXED_SLEEPS] },
  },
]);
