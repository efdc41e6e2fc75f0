<?php

// Token endpoint for Live Assist in plain PHP (8.1 or newer, with the openssl and curl extensions).
//
// 1. Put this file where the site's pages are served from. Its address is the bridge's tokenEndpoint. No other path
//    answers. If a rewrite rule maps another path to this file, enter that path in PATH.
// 2. Replace the body of visitor() with a look at your own session. An app's session comes in
//    $_SERVER['HTTP_AUTHORIZATION'], which Apache passes on only with CGIPassAuth On.
// 3. Set these in the environment (php-fpm: env[NAME] = value), and keep the key file outside the web root:
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for PHP alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
//    LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: the GUID that guests on localhost get a token for

declare(strict_types=1);

namespace LiveAssist\Token;

ini_set('display_errors', '0'); // A warning before the JSON would break it, and may quote an address.

const PATH = null;

/**
 * REPLACE THE BODY. Who is signed in, by your own session? Return
 * - the GUID of the visitor's Contact in Dynamics: best, if kept where the visitor cannot write it; or
 * - the visitor's e-mail address, if the visitor has PROVEN that it is theirs, also after every change of it.
 *   A visitor who can change the address without proof becomes somebody else; or
 * - null if nobody is signed in.
 *
 * The value must end with the sign-in. A GUID that stays in the session after the sign-out belongs to the next visitor
 * of the same browser. So keep it together with the user it belongs to, and compare that with the current user:
 *
 * At the sign-in:   session_regenerate_id(true);
 *                   $_SESSION['user_id'] = $user->id;
 *                   $_SESSION['dynamics_contact'] = ['user_id' => $user->id, 'id' => $user->dynamics_contact_id];
 * At the sign-out:  $_SESSION = [];
 *                   session_destroy();
 * Here:             session_start(['read_and_close' => true]);
 *                   $user = $_SESSION['user_id'] ?? null;
 *                   $contact = $_SESSION['dynamics_contact'] ?? null;
 *                   return $user !== null && $contact !== null && $contact['user_id'] === $user ? $contact['id'] : null;
 */
function visitor(): ?string
{
    return null;
}

/** Answers the request. Another file may include this one and call it with its own visitor. */
function serve(callable $visitor, string $path): void
{
    ob_start(); // Whatever the session's code prints is dropped.
    $endpoint = new TokenEndpoint(
        setting: fn (string $name): string => (string) getenv($name),
        settingsAre: 'The head of live-assist-token.php says what it is.',
        log: fn (string $sentence) => error_log("Live Assist token: $sentence"),
        kept: fn (string $name) => function_exists('apcu_fetch') ? apcu_fetch($name) : null,
        keep: fn (string $name, string $text, int $seconds) => function_exists('apcu_store') && apcu_store($name, $text, $seconds),
    );
    [$status, $headers, $body] = $endpoint->respond($_SERVER, $path, $visitor);
    while (ob_get_level() > 0) {
        ob_end_clean();
    }
    http_response_code($status);
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    echo $body;
}

if (debug_backtrace() === []) {
    $file = basename(__FILE__);
    // Up to the file's own name: php-fpm may count what follows, as in /token.php/a.css, as a part of SCRIPT_NAME.
    serve(visitor(...), PATH ?? strstr($_SERVER['SCRIPT_NAME'], $file, true) . $file);
}

/** A fault whose message is our own sentence and holds no secret. */
final class Fault extends \Exception
{
}

/**
 * Answers a visitor with the visitor's own token. The recipes for PHP, WordPress and Magento share these lines.
 *
 * 200 { token } | 401 signed-out | 403 no-contact, foreign-origin | 404 not-found | 405 method-not-allowed |
 * 500 failed | 503 timeout
 */
final class TokenEndpoint
{
    private const LIFETIME = 7200; // seconds
    private const LIMIT = 5; // seconds for one look-up, all its requests together
    private const MOST = 1 << 20; // bytes of one answer, after decompression
    private const GUID = '/^(?:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\{((?1))\}|([0-9a-f]{32}))$/Di';
    private const LOOPBACK = '/^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/Di';
    private const LOCAL = '(?:(?:[a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?';
    private const FROM_PROXY = '/^HTTP_(?:(?:X_)?FORWARDED.*|X_(?:ORIGINAL|ARR|AMZN?|AZURE|ENVOY|PROXY|REWRITE)_.*'
        . '|(?:CF|FASTLY|PROXY|WL_PROXY)_.*|X_VARNISH|FRONT_END_HTTPS|VIA|CDN_LOOP|.*_(?:IP|ADDR))$/D';

    /** What to do about a refusal of Dynamics or Entra, by its number. */
    private const REMEDIES = [
        '0x80072560' => 'Add the application user to this organisation.',
        '0x80040225' => 'Enable the application user.',
        '0x80095ffe' => "Allow this server's address in the organisation's IP firewall.",
        '0x80095ffc' => "Allow the application in the organisation's access settings.",
        '0x80040220' => 'Give the application user a role with Read on Contact.',
        '0x80048306' => "Give the application user's role Read on Contact at Organization level.",
        'AADSTS7000222' => 'The client secret has expired. Make a new one.',
        'AADSTS7000215' => 'The client secret is wrong. Set its value, not its id.',
        'AADSTS700016' => 'DYNAMICS_CLIENT_ID is not known in this tenant.',
        'AADSTS90002' => 'The tenant in DYNAMICS_TOKEN_URL does not exist.',
        'AADSTS500011' => 'DYNAMICS_URL is not known in this tenant.',
        '429' => 'It limits requests. Try again later.',
    ];

    /** SHA-256 of public keys whose private half is printed in public documentation, such as jwt.io's sample key. */
    private const PUBLISHED = [
        'f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7',
        'd2f8d7917928bbe7a457bdbaa0f69221a49b0fbc867ea34b700e9e78364d57e8',
        '6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c',
        'ad32320cf6c596d884b05381ba573aba8ddd5749b4de8f4a23a79f9a89ddaeb2',
        '627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d',
        '411a6612528417de252e5d2bf92bcf16bb2279b77f79ccd1f5c30d96418d1c08',
        '3dd15ef34ff58da98b4cf8fa6b9e2eb281665c38e36f56ad1faba791b2d536c3',
        '4886b0384bff5435d1c7e4830f4577ece463affb9c5fd4488835a1b006875547',
    ];

    private float $deadline = 0;

    /**
     * @param \Closure(string): string $setting     the setting of a name, or ''
     * @param string $settingsAre                   where the settings are explained, as a sentence
     * @param \Closure(string): mixed $log          writes a sentence to the site's log
     * @param \Closure(string): mixed $kept         what $keep has kept under a name
     * @param \Closure(string, string, int): mixed $keep   keeps an encrypted text for some seconds
     */
    public function __construct(
        private readonly \Closure $setting,
        private readonly string $settingsAre,
        private readonly \Closure $log,
        private readonly \Closure $kept,
        private readonly \Closure $keep,
    ) {
    }

    /**
     * @param array<string, mixed> $server    $_SERVER
     * @param string $path                    the endpoint's path: no other one answers
     * @param callable(): ?string $visitor    who is signed in
     * @return array{int, array<string, string>, string}   status, headers and body of the answer
     */
    public function respond(array $server, string $path, callable $visitor): array
    {
        [$status, $body] = $this->answer($server, $path, $visitor);
        $headers = [
            'Content-Type' => 'application/json',
            'Cache-Control' => 'no-store',
            'Vary' => 'Cookie, Authorization',
            'X-Content-Type-Options' => 'nosniff',
        ];
        if ($status === 405) {
            $headers['Allow'] = 'GET, POST';
        }
        if ($status === 503) {
            $headers['Retry-After'] = '1';
        }
        return [$status, $headers, $server['REQUEST_METHOD'] === 'HEAD' ? '' : json_encode($body)];
    }

    /** Tries settings, key and look-up without a visitor. Returns the sentence about the first fault, or null. */
    public function check(): ?string
    {
        try {
            $this->sign($this->claims(['contactid' => '00000000-0000-0000-0000-000000000000']));
            $this->findContact('00000000-0000-0000-0000-000000000000');
            return null;
        } catch (Fault $fault) {
            return $fault->getMessage();
        }
    }

    /** @return array{int, array<string, string>} status and body */
    private function answer(array $server, string $path, callable $visitor): array
    {
        // A path below the endpoint, like /token.php/a.css, would be kept by a CDN that caches by extension.
        if (self::pathSent($server) !== $path) {
            ($this->log)('The path that was sent is not the exact path of the endpoint, so the answer was 404. '
                . "Use one path in the bridge's tokenEndpoint, the recipe and the proxy.");
            return [404, ['error' => 'not-found']];
        }
        if (!in_array($server['REQUEST_METHOD'], ['GET', 'POST'], true)) {
            return [405, ['error' => 'method-not-allowed']];
        }
        if (!$this->askedByOwnPage($server)) {
            return [403, ['error' => 'foreign-origin']];
        }
        try {
            $who = $visitor() ?? '';
            if ($who === '') {
                $trial = $this->trialContact($server);
                return $trial === null
                    ? [401, ['error' => 'signed-out']] : [200, ['token' => $this->sign($this->claims($trial))]];
            }
            $contact = $this->findContact($who);
            return $contact === null
                ? [403, ['error' => 'no-contact']] : [200, ['token' => $this->sign($this->claims($contact))]];
        } catch (\Throwable $error) {
            // Only our own sentences are logged. Another message or a stack trace may hold the key or an address.
            ($this->log)($error instanceof Fault ? $error->getMessage() : $error::class);
            return $error->getCode() === 503 && $error instanceof Fault
                ? [503, ['error' => 'timeout']] : [500, ['error' => 'failed']];
        }
    }

    /**
     * The path as it was sent, without the host that may precede it (RFC 9112, 3.2.2). IIS decodes the path in
     * REQUEST_URI, and has it as it was sent in UNENCODED_URL.
     */
    public static function pathSent(array $server): string
    {
        $target = (string) ($server['UNENCODED_URL'] ?? $server['REQUEST_URI'] ?? '');
        return explode('?', (string) preg_replace('~^(?i:https?)://[A-Za-z0-9._:\[\]-]+~', '', $target))[0];
    }

    /** A page of another site must never get a token. A request with neither header is from a phone or a server. */
    private function askedByOwnPage(array $server): bool
    {
        $site = $server['HTTP_SEC_FETCH_SITE'] ?? null;
        if ($site !== null) {
            return in_array($site, ['same-origin', 'none'], true);
        }
        $origin = $server['HTTP_ORIGIN'] ?? null;
        $host = $server['HTTP_HOST'] ?? '';
        return $origin === null || in_array($origin, ["https://$host", "http://$host"], true);
    }

    /** The contact for guests while you try the endpoint on your own machine. */
    private function trialContact(array $server): ?array
    {
        $id = ($this->setting)('LIVE_ASSIST_TRIAL_CONTACT');
        if ($id === '') {
            return null;
        }
        // Some proxies add no header. So HTTP/1.0, which many proxies speak, and a foreign page count as a proxy, too.
        $pages = array_intersect_key($server, ['HTTP_ORIGIN' => true, 'HTTP_REFERER' => true]);
        if (
            preg_grep(self::FROM_PROXY, array_keys($server)) !== []
            || ($server['SERVER_PROTOCOL'] ?? '') === 'HTTP/1.0'
            || preg_match(self::LOOPBACK, $server['REMOTE_ADDR'] ?? '') !== 1
            || preg_match('~^' . self::LOCAL . '$~Di', $server['HTTP_HOST'] ?? '') !== 1
            || preg_grep('~^https?://' . self::LOCAL . '(?:/(?!.*, ?\w+://).*)?$~Di', $pages) !== $pages
        ) {
            ($this->log)('LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. '
                . 'Remove the setting on a public site.');
            return null;
        }
        return self::guid($id) !== null
            ? ['contactid' => $id, 'firstname' => 'Trial', 'lastname' => 'Visitor']
            : throw new Fault('LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.');
    }

    /** The GUID as Dynamics writes it, or null. Braces may be around it, and its dashes may be missing. */
    private static function guid(mixed $text): ?string
    {
        if (!is_string($text) || preg_match(self::GUID, $text) !== 1) {
            return null;
        }
        return preg_replace('/^(.{8})(.{4})(.{4})(.{4})(.{12})$/', '$1-$2-$3-$4-$5', strtolower(str_replace(['{', '}', '-'], '', $text)));
    }

    /** The active contact in Dynamics with this GUID or e-mail address. */
    private function findContact(string $visitor): ?array
    {
        $this->deadline = hrtime(true) / 1e9 + self::LIMIT;
        $id = self::guid($visitor);
        if ($id === null && !str_contains($visitor, '@')) {
            ($this->log)("The visitor's id is neither a GUID nor an e-mail address. Return one of the two from visitor().");
            return null;
        }
        $column = $id === null ? 'emailaddress1' : 'contactid';
        $value = $id ?? "'" . str_replace("'", "''", $visitor) . "'"; // OData doubles a quote within text.
        $query = http_build_query([
            '$select' => 'contactid,firstname,lastname,emailaddress1',
            '$filter' => "$column eq $value and statecode eq 0",
        ], '', '&', PHP_QUERY_RFC3986);
        $rows = $this->askDynamics($this->dynamicsUrl() . "/api/data/v9.2/contacts?$query")->value ?? null;
        if (!is_array($rows) || array_filter($rows, fn (mixed $row) => !is_object($row)) !== []) {
            throw new Fault('Dynamics answered no list of contacts. Is DYNAMICS_URL right?');
        }
        // Dynamics finds josé for jose. So compare again: only A to Z equal a to z.
        $isSame = fn (mixed $text) => is_string($text) && strcasecmp($text, $id ?? $visitor) === 0;
        $same = array_values(array_filter($rows, fn (object $row) => $isSame($row->$column ?? null)));
        if (count($same) > 1) {
            throw new Fault('Two active contacts have one e-mail address. Merge them in Dynamics.');
        }
        return $same === [] ? null : (array) $same[0];
    }

    /** Asks with the kept access token, and once more with a new one if Dynamics refuses the kept one. */
    private function askDynamics(string $url): object
    {
        [$token, $isKept] = $this->accessToken(true);
        [$status, $answer] = $this->send('Dynamics', $url, ["Authorization: Bearer $token"]);
        if ($status === 401 && $isKept) {
            [$token] = $this->accessToken(false);
            [$status, $answer] = $this->send('Dynamics', $url, ["Authorization: Bearer $token"]);
        }
        return $this->object('Dynamics', $status, $answer);
    }

    /**
     * Kept while it is valid, and only encrypted: other programs may read what keeps it.
     *
     * @return array{string, bool} the token, and whether it was kept
     */
    private function accessToken(bool $mayBeKept): array
    {
        $url = $this->address('DYNAMICS_TOKEN_URL');
        $form = http_build_query([
            'grant_type' => 'client_credentials',
            'client_id' => $this->required('DYNAMICS_CLIENT_ID'),
            'client_secret' => $this->required('DYNAMICS_CLIENT_SECRET'),
            'scope' => $this->dynamicsUrl() . '/.default',
        ], '', '&'); // php.ini may say &amp;
        $key = hash('sha256', "$url $form", true);
        $name = 'live_assist_' . substr(hash('sha256', $key), 0, 32);
        $kept = $mayBeKept ? base64_decode((string) ($this->kept)($name)) : '';
        $token = strlen($kept) < 28 ? false : openssl_decrypt(
            substr($kept, 28), 'aes-256-gcm', $key, OPENSSL_RAW_DATA, substr($kept, 0, 12), substr($kept, 12, 16),
        );
        if ($token !== false) {
            return [$token, true];
        }
        $answer = $this->object('DYNAMICS_TOKEN_URL', ...$this->send('DYNAMICS_TOKEN_URL', $url, [], $form));
        $token = $answer->access_token ?? null;
        if (!is_string($token) || preg_match('/^[\x21-\x7e]+$/D', $token) !== 1) {
            throw new Fault('DYNAMICS_TOKEN_URL answered no access token. Is the address right?');
        }
        $seconds = (is_int($answer->expires_in ?? null) ? $answer->expires_in : 0) - 60;
        if ($seconds > 0) {
            $iv = random_bytes(12);
            $text = openssl_encrypt($token, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag);
            ($this->keep)($name, base64_encode($iv . $tag . $text), $seconds);
        }
        return [$token, false];
    }

    /**
     * One request, within the remaining time. It follows no redirects, which would carry the access token away.
     * curl and not fopen, because fopen reports the address to the site's error handler.
     *
     * @return array{int, string} status and body
     */
    private function send(string $who, string $url, array $headers, ?string $form = null): array
    {
        $left = (int) (1000 * ($this->deadline - hrtime(true) / 1e9));
        $body = '';
        $options = [
            CURLOPT_URL => $url,
            CURLOPT_HTTPHEADER => ['Accept: application/json', ...$headers],
            CURLOPT_ENCODING => 'gzip', // Undone before CURLOPT_WRITEFUNCTION.
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_TIMEOUT_MS => max(1, $left),
            CURLOPT_WRITEFUNCTION => function (\CurlHandle $curl, string $part) use (&$body): int {
                $body .= $part;
                return strlen($body) > self::MOST ? 0 : strlen($part);
            },
        ];
        if ($form !== null) {
            $options[CURLOPT_POSTFIELDS] = $form;
        }
        if (str_starts_with($url, 'http:')) {
            $options[CURLOPT_PROXY] = ''; // This machine is reached without a proxy.
        }
        $curl = curl_init();
        curl_setopt_array($curl, $options);
        curl_exec($curl);
        $error = curl_errno($curl);
        $status = (int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($error === CURLE_OPERATION_TIMEDOUT) {
            throw new Fault("$who did not answer within " . self::LIMIT . ' seconds. The visitor may try again.', 503);
        }
        if ($status === 0) {
            throw new Fault("$who could not be reached. Is the address right?");
        }
        if ($status !== 200) {
            return [$status, $body];
        }
        if (strlen($body) > self::MOST) {
            throw new Fault("$who answered more than 1 MB. Is the address right?");
        }
        if ($error === CURLE_BAD_CONTENT_ENCODING || $error === CURLE_WRITE_ERROR) {
            throw new Fault("$who answered no JSON object. Is the address right?");
        }
        if ($error !== 0) {
            throw new Fault("$who broke off its answer. Does a proxy between close connections?");
        }
        return [$status, $body];
    }

    /** The JSON object of an answer. A half of a surrogate pair, which json_decode refuses, becomes U+FFFD. */
    private function object(string $who, int $status, string $body): object
    {
        if ($status !== 200) {
            preg_match('/"code"\s*:\s*"(0x[0-9a-f]{8})"|"(AADSTS\d+):/i', $body, $found);
            $number = $found[2] ?? $found[1] ?? '';
            throw new Fault("$who answered $status" . ($number === '' ? '. ' : " ($number). ")
                . (self::REMEDIES[$number === '' ? $status : $number]
                    ?? 'Are the settings right, and may the application user read contacts?'));
        }
        $halves = '/\\\\(?:u[dD][89abAB]..\\\\u[dD][c-fC-F]..(*SKIP)(*F)|u[dD][89a-fA-F][0-9a-fA-F]{2}|.(*SKIP)(*F))/s';
        $json = preg_replace($halves, '\ufffd', str_starts_with($body, "\u{feff}") ? substr($body, 3) : $body);
        $answer = json_decode((string) $json);
        return is_object($answer) ? $answer : throw new Fault("$who answered no JSON object. Is the address right?");
    }

    private function claims(array $contact): array
    {
        $now = time();
        $claims = [
            'sub' => self::guid($contact['contactid'] ?? null)
                ?? throw new Fault('Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?'),
            'given_name' => self::text($contact['firstname'] ?? null),
            'family_name' => self::text($contact['lastname'] ?? null),
            'iss' => $this->required('LIVE_ASSIST_ISSUER'),
            'iat' => $now - 1, // For a verifier whose clock is slightly behind.
            'exp' => $now - 1 + self::LIFETIME,
        ];
        return array_filter($claims, fn (string|int|null $claim) => $claim !== null);
    }

    private static function text(mixed $name): ?string
    {
        return is_string($name) && $name !== '' ? $name : null;
    }

    /** RS256, the only algorithm that Live Assist accepts. */
    private function sign(array $claims): string
    {
        $input = self::base64url('{"alg":"RS256","typ":"JWT"}')
            . '.' . self::base64url(json_encode($claims, JSON_THROW_ON_ERROR));
        openssl_sign($input, $signature, $this->privateKey(), OPENSSL_ALGO_SHA256);
        return $input . '.' . self::base64url($signature);
    }

    /** An intact RSA key, as der() reads it. */
    private function privateKey(): \OpenSSLAsymmetricKey
    {
        $name = 'LIVE_ASSIST_PRIVATE_KEY_FILE';
        $file = $this->required($name);
        if (!is_file($file) || !is_readable($file)) {
            throw new Fault("$name cannot be read. Does the file exist, and may this process read it?");
        }
        $root = realpath($_SERVER['DOCUMENT_ROOT'] ?? '');
        if ($root !== false && str_starts_with((string) realpath($file), $root . DIRECTORY_SEPARATOR)) {
            throw new Fault("$name lies where everybody can download it. Make a new pair and keep it outside the web root.");
        }
        $text = self::plain((string) file_get_contents($file, length: 65536));
        if (preg_match('/BEGIN.ENCRYPTED|Proc-Type: 4,ENCRYPTED/', $text) === 1) {
            throw new Fault("$name holds a key with a pass phrase. Keep the key without one.");
        }
        $der = self::der($text);
        if (str_contains(substr($der, 0, 40), "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")) {
            throw new Fault("$name holds a key for RSA-PSS. Make a pair for RS256.");
        }
        $read = fn (string $kind) => openssl_pkey_get_private(
            "-----BEGIN $kind-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END $kind-----\n",
        );
        $key = $read('PRIVATE KEY') ?: $read('RSA PRIVATE KEY');
        $details = $key === false ? [] : openssl_pkey_get_details($key);
        if ($key === false || ($details['type'] ?? null) !== OPENSSL_KEYTYPE_RSA || !self::isIntact($key, $details['key'])) {
            throw new Fault("$name holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?");
        }
        if ($details['bits'] < 2048) {
            throw new Fault("$name holds a key of {$details['bits']} bits. Make a pair of 2048 bits.");
        }
        $public = base64_decode(preg_replace('/-----.*-----|\s/', '', $details['key']));
        if (in_array(hash('sha256', $public), self::PUBLISHED, true)) {
            throw new Fault("$name holds a key that has been published. Make a new pair.");
        }
        return $key;
    }

    /** The text of a key file without what UTF-16, base64, JSON, forms and source code add to it. */
    private static function plain(string $text): string
    {
        if (str_starts_with($text, "\x30\x82")) {
            return $text;
        }
        $inner = str_replace("\0", '', (string) base64_decode($text));
        $text = preg_match('/BEGIN.*PRIVATE/', $inner) === 1 ? $inner : str_replace("\0", '', $text);
        return (string) preg_replace(
            ['/%2b|\\\\+u002b/i', '/%2f/i', '/%3d/i', '/%20|%0[ad]|\\\\+[nrt]/i', '/["\'`](?:\s*[+.&,_])*\s*["\'`]/'],
            ['+', '/', '=', ' ', ''],
            $text,
        );
    }

    /** The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines. Otherwise ''. */
    private static function der(string $text): string
    {
        if (str_starts_with($text, "\x30\x82")) {
            $der = $text;
        } else {
            $block = '/BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE/s';
            $bare = '~(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\s]{300,}={0,2})~';
            preg_match(preg_match('/BEGIN|END.PRIVATE/', $text) === 1 ? $block : $bare, $text, $found);
            $digits = (string) preg_replace('~[^A-Za-z0-9+/]~', '', $found[1] ?? '');
            $head = str_pad((string) base64_decode(substr($digits, 0, 8)), 4, "\0");
            $size = 4 + unpack('n', $head, 2)[1]; // What follows belongs to something else.
            $der = (string) base64_decode(substr($digits, 0, intdiv($size * 4 + 2, 3)), true);
        }
        return str_starts_with($der, "\x30\x82") && strlen($der) === 4 + unpack('n', $der, 2)[1] ? $der : '';
    }

    /** Whether the two halves fit. A key with a wrong letter may still be readable. */
    private static function isIntact(\OpenSSLAsymmetricKey $key, string $public): bool
    {
        return openssl_sign('trial', $signature, $key, OPENSSL_ALGO_SHA256)
            && openssl_verify('trial', $signature, $public, OPENSSL_ALGO_SHA256) === 1;
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    private function dynamicsUrl(): string
    {
        return rtrim($this->address('DYNAMICS_URL'), '/');
    }

    /** Client secret and access token are sent there. So it must be https, except on this machine. */
    private function address(string $name): string
    {
        $address = $this->required($name);
        if (preg_match('~^(?:https://[\w.-]+(?::\d+)?|http://127\.0\.0\.1:\d+)(?:/[\w./-]*)?$~D', $address) !== 1) {
            throw new Fault("$name is not written like its example. "
                . 'Does it begin with https://, and is nothing like <tenant id> left in it?');
        }
        return $address;
    }

    private function required(string $name): string
    {
        $value = ($this->setting)($name);
        return $value !== '' ? $value : throw new Fault("$name is not set. $this->settingsAre");
    }
}
