/* What the linter asks of the scripts; run by tests/test_scripts.py. */

import js from "@eslint/js";
import globals from "globals";

// Django's JavaScriptCatalog puts these into a page.
const TRANSLATION = {
  gettext: "readonly",
  ngettext: "readonly",
  pgettext: "readonly",
  npgettext: "readonly",
  interpolate: "readonly",
};

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 12],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 5],
      "no-eval": "error",
      "no-implicit-globals": "error",
      "no-misleading-character-class": ["error", { allowEscape: true }],
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, variables: false, classes: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["claims/static/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...TRANSLATION } },
  },
  {
    files: ["tests/js/**/*.mjs"],
    languageOptions: { globals: globals.node },
  },
];
