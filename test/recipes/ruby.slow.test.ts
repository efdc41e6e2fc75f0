/**
 * The recipe in Ruby.
 *
 * @module
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../support/find-command.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

isATokenEndpoint({
  name: 'Ruby',
  file: 'ruby/live_assist_token.rb',
  body: {
    delivered: '      nil\n    end\n\n    def call',
    replaced: '      URI.decode_www_form_component(env["HTTP_X_VISITOR"].to_s)\n    end\n\n    def call',
  },
  program: findCommand(['ruby'], ['-e', 'require "jwt"; exit(RUBY_VERSION >= "3")'], {
    skipped: 'the recipe in Ruby',
    needs: 'ruby 3 with the gem jwt',
  }),
  prepare: (folder) => {
    copyFileSync(
      fileURLToPath(new URL('rack-double.rb', import.meta.url)),
      join(folder, 'ruby/rack-double.rb'),
    );
  },
  // Run without warnings, like many sites. The log must still contain the recipe's sentences.
  start: (folder) => ['-W0', join(folder, 'ruby/rack-double.rb')],
});
