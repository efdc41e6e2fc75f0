/** The recipe in Java. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findCommand } from './find-command.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

isATokenEndpoint({
  name: 'Java',
  file: 'LiveAssistToken.java',
  body: {
    delivered: '        return null;\n    }\n\n    /** Its message',
    replaced:
      '        String who = request.getFirst("X-Visitor");\n        return who == null ? null : java.net.URLDecoder.decode(who, StandardCharsets.UTF_8);\n    }\n\n    /** Its message',
  },
  program:
    findCommand(['javac'], ['--release', '17', '--version'], {
      skipped: 'the recipe in Java',
      needs: 'a JDK of version 17 or newer',
    }) && 'java',
  prepare: (folder) => {
    execFileSync('javac', ['-d', folder, join(folder, 'LiveAssistToken.java')]);
  },
  start: (folder) => ['-cp', folder, 'LiveAssistToken'],
});
