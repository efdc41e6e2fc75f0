/**
 * The three recipes in PHP. WordPress and Magento are doubles here: the functions that the recipes call.
 *
 * @module
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

const recipes = fileURLToPath(new URL('../../demo/recipes', import.meta.url));

const program = findCommand(
  ['php'],
  [
    '-r',
    'exit(PHP_VERSION_ID >= 80100 && array_filter(["openssl", "curl", "apcu"], "extension_loaded") == ["openssl", "curl", "apcu"] ? 0 : 1);',
  ],
  {
    skipped: 'the recipes in PHP: plain, WordPress, Magento',
    needs: 'php 8.1 with the extensions openssl, curl and apcu',
  },
);
/** A php.ini with full stack traces, visible warnings and HTML links. None of them may do harm. */
const settings = [
  'arg_separator.output=&amp;',
  'zend.exception_ignore_args=0',
  'zend.exception_string_param_max_len=4000',
  'display_errors=1',
];
const serve = (...target: string[]) => [
  ...settings.flatMap((setting) => ['-d', setting]),
  ...['-S', '127.0.0.1:0', ...target],
];

/** Puts a double of the platform into the copy of the recipes. */
const addDouble = (double: string, place: string) => (folder: string) => {
  mkdirSync(join(folder, place, '..'), { recursive: true });
  copyFileSync(fileURLToPath(new URL(double, import.meta.url)), join(folder, place));
};

isATokenEndpoint({
  name: 'PHP',
  file: 'php/live-assist-token.php',
  path: '/live-assist-token.php',
  body: {
    delivered: '{\n    return null;\n}\n\n/** Answers the request',
    replaced: "{\n    return rawurldecode($_SERVER['HTTP_X_VISITOR'] ?? '');\n}\n\n/** Answers the request",
  },
  program,
  start: (folder) => serve('-t', join(folder, 'php')),
});

isATokenEndpoint({
  name: 'WordPress',
  file: 'wordpress/live-assist-token/live-assist-token.php',
  path: '/wp-admin/admin-ajax.php?action=live_assist_token',
  body: {
    delivered: '    $user = wp_get_current_user();\n',
    replaced: "    return rawurldecode($_SERVER['HTTP_X_VISITOR'] ?? '');\n",
  },
  program,
  prepare: addDouble('wordpress-double.php', 'wp-admin/admin-ajax.php'),
  start: (folder) => serve('-t', folder),
});

isATokenEndpoint({
  name: 'Magento',
  file: 'magento/Controller/Token/Index.php',
  path: '/shop/en/liveassist/token',
  without: ['with a host that is itself a path', 'after a host and a folder'],
  body: {
    delivered: '        return null;\n    }\n\n    public function execute',
    replaced:
      "        return $this->session->isLoggedIn() ? rawurldecode($_SERVER['HTTP_X_VISITOR']) : null;\n    }\n\n    public function execute",
  },
  program,
  prepare: addDouble('magento-double.php', 'magento-double.php'),
  start: (folder) => serve(join(folder, 'magento-double.php')),
});

describe('the three recipes in PHP', () => {
  it('share the code that answers', () => {
    const [plain, ...others] = [
      'php/live-assist-token.php',
      'wordpress/live-assist-token/token-endpoint.php',
      'magento/Model/TokenEndpoint.php',
    ].map((file) => readFileSync(join(recipes, file), 'utf8').split('/** A fault whose message')[1]);
    expect(plain?.length).toBeGreaterThan(10_000);
    for (const other of others) expect(other).toBe(plain);
  });
});
