// Rules for the few scripts of this repository. Browser code may use what every browser of the style's
// targets has; tools may use Node.
import js from '@eslint/js'

const browser = Object.fromEntries(
  ['addEventListener', 'clearTimeout', 'console', 'CSS', 'document', 'Element', 'fetch', 'FormData', 'location', 'navigator', 'print', 'setTimeout', 'URLSearchParams', 'window'].map((name) => [name, 'readonly']),
)
const node = Object.fromEntries(
  ['Blob', 'Buffer', 'FormData', 'URL', 'URLSearchParams', 'clearTimeout', 'console', 'fetch', 'performance', 'process', 'setTimeout'].map((name) => [name, 'readonly']),
)
const careful = {
  eqeqeq: 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
}

export default [
  { ignores: ['node_modules/', 'target/', 'var/'] },
  js.configs.recommended,
  { rules: careful },
  { files: ['public/**/*.js'], languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: browser } },
  // A test of a page holds functions that run in the page.
  { files: ['end2end/**/*.{js,mjs}'], languageOptions: { sourceType: 'module', globals: { ...node, ...browser } } },
  { files: ['tools/**/*.{js,mjs}', '*.config.js'], languageOptions: { sourceType: 'module', globals: node } },
]
