/** The three recipes in PHP. WordPress and Magento are doubles: their functions, as far as the recipes call them. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../support/find-command.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

const program = findCommand(
  ['php'],
  ['-r', 'exit(PHP_VERSION_ID >= 80100 && extension_loaded("openssl") ? 0 : 1);'],
  { skipped: 'the recipes in PHP: plain, WordPress, Magento', needs: 'php 8.1 with the openssl extension' },
);
/** A php.ini with stack traces at their most talkative, warnings shown and links as in HTML: none may do harm. */
const settings = [
  'arg_separator.output=&amp;',
  'zend.exception_ignore_args=0',
  'zend.exception_string_param_max_len=4000',
  'display_errors=1',
];
const serve = (folder: string, file: string) => [
  ...settings.flatMap((setting) => ['-d', setting]),
  ...['-S', '127.0.0.1:0', join(folder, file)],
];

/** Puts a double of the platform beside the recipe. */
const addDouble = (double: string) => (folder: string) =>
  copyFileSync(fileURLToPath(new URL(double, import.meta.url)), join(folder, double));

isATokenEndpoint({
  name: 'PHP',
  file: 'live-assist-token.php',
  body: {
    delivered: '    return null;\n',
    replaced: "    return rawurldecode($_SERVER['HTTP_X_VISITOR'] ?? '');\n",
  },
  program,
  start: (folder) => serve(folder, 'live-assist-token.php'),
});

isATokenEndpoint({
  name: 'WordPress',
  file: 'live-assist-token-wordpress.php',
  path: '/wp-admin/admin-ajax.php?action=live_assist_token',
  body: {
    delivered: '    return null;\n',
    replaced: '    return is_user_logged_in() ? wp_get_current_user()->user_email : null;\n',
  },
  program,
  prepare: addDouble('wordpress-double.php'),
  start: (folder) => serve(folder, 'wordpress-double.php'),
});

isATokenEndpoint({
  name: 'Magento',
  file: 'magento/Controller/Token/Index.php',
  body: {
    delivered: '        return null;\n    }\n\n    public function execute',
    replaced:
      '        return $this->session->isLoggedIn() ? $this->session->getCustomerData()->getEmail() : null;\n    }\n\n    public function execute',
  },
  program,
  prepare: addDouble('magento-double.php'),
  start: (folder) => serve(folder, 'magento-double.php'),
});
