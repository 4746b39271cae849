import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Such a cast silences the compiler for good, also when the type beside it changes. */
const NO_NEVER = { selector: 'TSAsExpression > TSNeverKeyword', message: 'Name the type in place of "as never".' };

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'playground/.strapi/', 'playground/types/', '**/.tmp/', '**/.cache/', '**/*.cjs'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'object-shorthand': ['error', 'properties'],
      'prefer-const': 'error',
    },
  },
  { files: ['{server,admin,shared}/**/*.{ts,tsx}'], rules: { 'no-restricted-syntax': ['error', NO_NEVER] } },
  // They look at answers and rows from outside, as other programs do, and compare them at once with what they expect.
  {
    files: ['scripts/**', 'bench/**', 'playground/**', 'tests/**'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['server/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A promise that nobody waits for is how mail is lost, and one that rejects then ends the process.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  // A controller is one object of small methods, which stands in a function because Strapi hands it its own object.
  { files: ['server/controllers/**/*.ts'], rules: { 'max-lines-per-function': ['error', 120] } },
  {
    files: ['server/controllers/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        NO_NEVER,
        ...[
          'MemberExpression[property.name=/^(db|documents|entityService)$/][object.name="strapi"]',
          'MemberExpression[property.name=/^(db|documents|entityService)$/][object.property.name="strapi"]',
          'VariableDeclarator[init.name="strapi"] > ObjectPattern',
        ].map((selector) => ({ selector, message: 'Controllers validate, call and shape. What reads or writes records is a service.' })),
      ],
    },
  },
  {
    files: ['admin/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...jsxA11y.flatConfigs.recommended.rules,
      // `void` says that a promise never rejects (requests of RTK Query never do) and that nothing waits for it.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false, properties: false } }],
      'max-lines-per-function': ['error', 120],
    },
  },
  { files: ['{admin,shared}/**/*.{ts,tsx}'], rules: { 'max-lines': ['error', 300] } },
);
