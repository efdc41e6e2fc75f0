/**
 * What `diagnose --help` prints.
 *
 * @module
 */
import { defaultMethodName } from '../../contract/method-name.js';
import { operand } from './options.js';

export const diagnoseHelp = `Usage: live-assist-bridge diagnose ${operand} [OPTIONS]
       live-assist-bridge diagnose --account N [OPTIONS]
       live-assist-bridge diagnose CODE

Says what is wrong with a token, and what to change.

  FILE    holds the token or a saved answer, with or without its headers (as
          curl -i prints them)
  URL     is the token endpoint, which is asked as the bridge asks it
  -       reads the token or the answer from standard input
  CODE    is explained: any code of this package, of Live Assist, Dataverse
          or Entra, such as signed-out, expired, 9007 or 0x80072560.
          A file of that name is given as ./NAME

Never write a token on the command line.

  --public-key TEXT|@FILE   the text pasted as JWT Public Key, unchanged. It
                            differs from the key file's text. This prints it:
                            config public_key.pem --value
  --issuer TEXT             the text entered as JWT Issuer, unchanged
  --token-field PATH        where the token is in a JSON answer (default: token)
  --dynamics URL            looks the contact up in that Dynamics organisation,
                            with an access token: --access-token @FILE, or the
                            environment variable DATAVERSE_TOKEN
  --access-token @FILE      holds the token, or Entra's answer with the token
  --page URL                examines a page with the chat instead: the tag, its
                            file, the Content-Security-Policy, preloads, caches.
                            --header is sent only to the page's own origin
  --account N               compares with the settings that this account of Live
                            Assist publishes (not tried with a real account)
  --decode                  shows what the token says, names included
  --json                    prints the findings as JSON

With a URL:
  --header TEXT|@FILE       "Name: value", such as the Cookie of a signed-in
                            visitor; may be repeated. A file has one per line
  --other-header @FILE      the same for another visitor, to compare the tokens
  --http-method METHOD      GET or POST (default: GET)
  --origin ORIGIN           the site's origin, if the endpoint is on another
  --timeout MILLISECONDS    for each request (default: 8000, as in the bridge)

With an account:
  --method-name NAME        the method on the page (default:
                            ${defaultMethodName})
  --account-url URL         asks there instead of at LivePerson: a whole
                            address, or an origin (proxies, tests)
  --save FILE               saves the account's answer for an issue, without the
                            values that belong to the account
  --ask-live-assist         sends the token to Live Assist's verifier, which may
                            create a consumer there, and explains the answer

Exit code: 0 fine or only notes, 1 errors or warnings, 2 the command line was
not understood.

Examples:
  live-assist-bridge diagnose https://example.com/token --header "@cookie.txt"
  live-assist-bridge diagnose token.txt --public-key "@pasted.txt"
`;
