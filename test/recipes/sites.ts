/**
 * The minimal sites beside the recipes, as far as one command starts them.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { findCommand } from '../support/find-command.js';

const file = (name: string) => fileURLToPath(new URL(`../../demo/recipes/${name}`, import.meta.url));
/** Each with its start command, and without `program` where this machine lacks it. */
export const findSites = () => [
  {
    name: 'PHP',
    args: ['-S', '127.0.0.1:0', file('php/site.php')],
    program: findCommand(['php'], ['-r', 'exit(extension_loaded("curl") ? 0 : 1);'], {
      skipped: 'the minimal site in PHP',
      needs: 'php with the curl extension',
    }),
  },
  {
    name: 'Python',
    args: [file('python/site.py')],
    program: findCommand(['/usr/bin/python3', 'python3'], ['-c', 'import jwt, cryptography'], {
      skipped: 'the minimal site in Python',
      needs: 'python with PyJWT and cryptography',
    }),
  },
  {
    name: 'Ruby',
    args: [file('ruby/site.rb')],
    program: findCommand(['ruby'], ['-e', 'require "jwt"; require "rack"; require "puma"'], {
      skipped: 'the minimal site in Ruby',
      needs: 'ruby with the gems jwt, rack and puma',
    }),
  },
];
