<?php

// Token endpoint for Live Assist in plain PHP (8.1 or newer, openssl extension, allow_url_fopen).
//
// 1. Put this file where the site's pages are served from; its address is the bridge's tokenEndpoint.
// 2. Replace the body of visitor() by a look at your own session. An app's comes in $_SERVER['HTTP_AUTHORIZATION'],
//    which Apache keeps to itself unless its configuration or .htaccess says CGIPassAuth On.
// 3. Set these in the environment (php-fpm: env[NAME] = value), and keep the key file outside of the web root:
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for PHP alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts

declare(strict_types=1);

namespace LiveAssist\Token;

use RuntimeException;
use Throwable;

ini_set('display_errors', '0'); // A warning printed before the JSON would break it, and may quote what nobody should read.

/**
 * REPLACE THE BODY. Who is signed in, by your own session? Answer
 * - the GUID of the visitor's Contact in Dynamics, if your session keeps it: best; or
 * - the visitor's e-mail address, if you have VERIFIED it: with any other, everybody can be everybody; or
 * - null when nobody is signed in.
 *
 * For example: session_start(['read_and_close' => true]); return $_SESSION['dynamics_contact_id'] ?? null;
 */
function visitor(): ?string
{
    return null;
}

const GUID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/Di';
const LIFETIME = 7200; // seconds

function token_endpoint(): never
{
    if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'POST'], true)) {
        header('Allow: GET, POST');
        answer(405, ['error' => 'method-not-allowed']);
    }
    if (!asked_by_own_page()) {
        answer(403, ['error' => 'foreign-origin']);
    }
    try {
        $visitor = visitor() ?? '';
        if ($visitor === '') {
            answer(401, ['error' => 'signed-out']);
        }
        $contact = find_contact($visitor);
        if ($contact === null) {
            answer(403, ['error' => 'no-contact']);
        }
        answer(200, ['token' => sign(claims($contact))]);
    } catch (Throwable $error) {
        // Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address. A
        // PDOException is a RuntimeException, too, but none of ours.
        $is_ours = $error::class === RuntimeException::class;
        error_log('Live Assist token: ' . ($is_ours ? $error->getMessage() : $error::class));
        answer(500, ['error' => 'failed']);
    }
}

/** A page of another site must never get a token. Who sends neither header is no page: a phone, a server. */
function asked_by_own_page(): bool
{
    $site = $_SERVER['HTTP_SEC_FETCH_SITE'] ?? null;
    if ($site !== null) {
        return in_array($site, ['same-origin', 'none'], true);
    }
    $origin = $_SERVER['HTTP_ORIGIN'] ?? null;
    $host = $_SERVER['HTTP_HOST'] ?? '';
    return $origin === null || in_array($origin, ["https://$host", "http://$host"], true);
}

/** The active contact in Dynamics with this GUID or e-mail address. */
function find_contact(string $visitor): ?array
{
    $by_id = preg_match(GUID, $visitor) === 1;
    $column = $by_id ? 'contactid' : 'emailaddress1';
    $value = $by_id ? $visitor : "'" . str_replace("'", "''", $visitor) . "'"; // OData doubles a quote within text.
    $query = http_build_query([
        '$select' => 'contactid,firstname,lastname,emailaddress1',
        '$filter' => "$column eq $value and statecode eq 0",
    ], '', '&', PHP_QUERY_RFC3986);
    $found = ask('Dynamics', dynamics_url() . "/api/data/v9.2/contacts?$query", [
        'header' => ['Accept: application/json', 'Authorization: Bearer ' . access_token()],
    ]);
    $rows = $found['value'] ?? null;
    if (!is_array($rows)) {
        throw new RuntimeException('Dynamics answered no list of contacts. Is DYNAMICS_URL right?');
    }
    // Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z.
    $same = array_filter($rows, fn (array $row) => strcasecmp($row[$column] ?? '', $visitor) === 0);
    if (count($same) > 1) {
        throw new RuntimeException('Two active contacts have one e-mail address. Merge them in Dynamics.');
    }
    return array_values($same)[0] ?? null;
}

/** Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid. */
function access_token(): string
{
    $answer = ask('DYNAMICS_TOKEN_URL', address('DYNAMICS_TOKEN_URL'), [
        'method' => 'POST',
        'header' => ['Accept: application/json', 'Content-Type: application/x-www-form-urlencoded'],
        'content' => http_build_query([
            'grant_type' => 'client_credentials',
            'client_id' => setting('DYNAMICS_CLIENT_ID'),
            'client_secret' => setting('DYNAMICS_CLIENT_SECRET'),
            'scope' => dynamics_url() . '/.default',
        ], '', '&'), // php.ini may say &amp;
    ]);
    return $answer['access_token']
        ?? throw new RuntimeException('DYNAMICS_TOKEN_URL answered no access token. Is the address right?');
}

/** One request: three seconds for each wait, and no redirects, which would carry the access token elsewhere. */
function ask(string $who, string $url, array $request): array
{
    $options = ['timeout' => 3, 'follow_location' => 0, 'ignore_errors' => true, 'protocol_version' => 1.1];
    $stream = @fopen($url, 'r', false, stream_context_create(['http' => $request + $options]));
    $status = explode(' ', $stream ? stream_get_meta_data($stream)['wrapper_data'][0] : '')[1] ?? '';
    if ($status === '') {
        throw new RuntimeException("$who could not be reached. Is the address right, and allow_url_fopen on?");
    }
    if ($status !== '200') {
        throw new RuntimeException("$who answered $status. " . ($status === '429'
            ? 'Those are too many requests: try again later, or keep the access token while it is valid.'
            : 'Are the settings right, and may the application user read contacts?'));
    }
    $answer = json_decode(stream_get_contents($stream), true);
    return is_array($answer)
        ? $answer : throw new RuntimeException("$who answered no JSON object. Is the address right?");
}

function claims(array $contact): array
{
    $id = $contact['contactid'] ?? '';
    if (preg_match(GUID, $id) !== 1) {
        throw new RuntimeException('Dynamics answered a contactid that is no GUID. Is DYNAMICS_URL right?');
    }
    $now = time();
    $claims = [
        'sub' => strtolower($id),
        'given_name' => $contact['firstname'] ?? null,
        'family_name' => $contact['lastname'] ?? null,
        'iss' => setting('LIVE_ASSIST_ISSUER'),
        'iat' => $now,
        'exp' => $now + LIFETIME,
    ];
    return array_filter($claims, fn (mixed $claim) => $claim !== null && $claim !== '');
}

/** RS256, the only algorithm that Live Assist takes. */
function sign(array $claims): string
{
    $pem = (string) @file_get_contents(setting('LIVE_ASSIST_PRIVATE_KEY_FILE'));
    $key = openssl_pkey_get_private($pem);
    $details = $key === false ? [] : openssl_pkey_get_details($key);
    if (($details['type'] ?? null) !== OPENSSL_KEYTYPE_RSA) {
        throw new RuntimeException('LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key. '
            . 'Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?');
    }
    if ($details['bits'] < 2048) {
        throw new RuntimeException("LIVE_ASSIST_PRIVATE_KEY_FILE holds a key of {$details['bits']} bits. "
            . 'Make a pair of 2048 bits.');
    }
    $input = base64url('{"alg":"RS256","typ":"JWT"}') . '.' . base64url(json_encode($claims, JSON_THROW_ON_ERROR));
    openssl_sign($input, $signature, $key, OPENSSL_ALGO_SHA256);
    return $input . '.' . base64url($signature);
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function dynamics_url(): string
{
    return rtrim(address('DYNAMICS_URL'), '/');
}

/** Client secret and access token travel there: https, but for a server on this machine. */
function address(string $name): string
{
    $address = setting($name);
    if (preg_match('~^(https://|http://127\.0\.0\.1:)[\w.:/-]+$~D', $address) !== 1) {
        throw new RuntimeException("$name is not written like its example. "
            . 'Does it begin with https://, and is nothing like <tenant id> left in it?');
    }
    return $address;
}

function setting(string $name): string
{
    return getenv($name)
        ?: throw new RuntimeException("$name is not set. The head of live-assist-token.php says what it is.");
}

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    header('Vary: Cookie, Authorization', false);
    header('X-Content-Type-Options: nosniff');
    echo json_encode($body);
    exit;
}

token_endpoint();
