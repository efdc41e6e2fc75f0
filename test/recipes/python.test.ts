/** The recipe in Python. */
import { join } from 'node:path';
import { findCommand } from './find-command.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

isATokenEndpoint({
  name: 'Python',
  file: 'live_assist_token.py',
  body: {
    delivered: '    return None\n\n\ndef application',
    replaced:
      '    from urllib.parse import unquote\n\n    return unquote(environ.get("HTTP_X_VISITOR", ""))\n\n\ndef application',
  },
  // Debian's own Python first: another one on the path does not see Debian's packages.
  program: findCommand(
    ['/usr/bin/python3', 'python3', 'python'],
    ['-c', 'import sys, jwt, cryptography; sys.exit(sys.version_info < (3, 9))'],
    { skipped: 'the recipe in Python', needs: 'python 3.9 with PyJWT and cryptography' },
  ),
  start: (folder) => [join(folder, 'live_assist_token.py')],
});
