<?php
/**
 * Plugin Name: Live Assist token
 * Description: Token endpoint for Live Assist: /wp-admin/admin-ajax.php?action=live_assist_token
 *
 * 1. Put this file into wp-content/mu-plugins (PHP 8.1 or newer). That address is the bridge's tokenEndpoint. It is
 *    admin-ajax and not the REST API, because there a visitor without a fresh nonce counts as signed out.
 * 2. Replace the body of visitor().
 * 3. Define these in wp-config.php, and keep the key file outside of the web root:
 *    define('LIVE_ASSIST_ISSUER', 'www.example.com');  // exactly as entered in Live Assist
 *    define('LIVE_ASSIST_PRIVATE_KEY_FILE', '/etc/live-assist/private_key.pem');
 *    define('DYNAMICS_URL', 'https://contoso.crm4.dynamics.com');
 *    define('DYNAMICS_TOKEN_URL', 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token');
 *    define('DYNAMICS_CLIENT_ID', '…');  // of an application user that may read contacts
 *    define('DYNAMICS_CLIENT_SECRET', '…');
 * 4. Exclude the address from page caches and firewalls' "block admin-ajax" rules.
 */

declare(strict_types=1);

namespace LiveAssist\Token;

use RuntimeException;
use Throwable;

add_action('wp_ajax_live_assist_token', __NAMESPACE__ . '\token_endpoint');
add_action('wp_ajax_nopriv_live_assist_token', __NAMESPACE__ . '\token_endpoint'); // Guests: else they get 400 and "0".

/**
 * REPLACE THE BODY. Who is signed in? Answer
 * - the GUID of the visitor's Contact in Dynamics, if your users have it: best; or
 * - the visitor's e-mail address, if it is VERIFIED: with any other, everybody can be everybody. WooCommerce lets
 *   customers sign up with, and change to, an address that nobody has checked; or
 * - null when nobody is signed in.
 *
 * For example: return get_user_meta(get_current_user_id(), 'dynamics_contact_id', true) ?: null;
 * Or: return is_user_logged_in() ? wp_get_current_user()->user_email : null;
 */
function visitor(): ?string
{
    return null;
}

const GUID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/Di';
const LIFETIME = 7200; // seconds

function token_endpoint(): void
{
    header('Cache-Control: no-store');
    header('Vary: Cookie, Authorization', false);
    header('X-Content-Type-Options: nosniff');
    [$status, $body] = respond();
    wp_send_json($body, $status);
}

/** Status and body of the answer. */
function respond(): array
{
    if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'POST'], true)) {
        header('Allow: GET, POST');
        return [405, ['error' => 'method-not-allowed']];
    }
    if (!asked_by_own_page()) {
        return [403, ['error' => 'foreign-origin']];
    }
    try {
        $visitor = visitor() ?? '';
        if ($visitor === '') {
            return [401, ['error' => 'signed-out']];
        }
        $contact = find_contact($visitor);
        return $contact === null ? [403, ['error' => 'no-contact']] : [200, ['token' => sign(claims($contact))]];
    } catch (Throwable $error) {
        // Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address. A
        // PDOException is a RuntimeException, too, but none of ours.
        $is_ours = $error::class === RuntimeException::class;
        error_log('Live Assist token: ' . ($is_ours ? $error->getMessage() : $error::class));
        return [500, ['error' => 'failed']];
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
    // WordPress lets pages of either scheme read the answer; what came over https is for those that did, too.
    return $origin === null || $origin === "https://$host" || ($origin === "http://$host" && !is_ssl());
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
        'headers' => ['Accept' => 'application/json', 'Authorization' => 'Bearer ' . access_token()],
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

/** Not kept, a transient would put it into the database: asked for with each token of a visitor. A busy site keeps it elsewhere. */
function access_token(): string
{
    $answer = ask('DYNAMICS_TOKEN_URL', address('DYNAMICS_TOKEN_URL'), [
        'method' => 'POST',
        'headers' => ['Accept' => 'application/json'],
        'body' => [
            'grant_type' => 'client_credentials',
            'client_id' => setting('DYNAMICS_CLIENT_ID'),
            'client_secret' => setting('DYNAMICS_CLIENT_SECRET'),
            'scope' => dynamics_url() . '/.default',
        ],
    ]);
    return $answer['access_token']
        ?? throw new RuntimeException('DYNAMICS_TOKEN_URL answered no access token. Is the address right?');
}

/** One request of three seconds at most, and no redirects, which would carry the access token elsewhere. */
function ask(string $who, string $url, array $request): array
{
    $response = wp_remote_request($url, $request + ['timeout' => 3, 'redirection' => 0]);
    if (is_wp_error($response)) {
        throw new RuntimeException("$who could not be reached. Is the address right?");
    }
    $status = wp_remote_retrieve_response_code($response);
    if ($status !== 200) {
        throw new RuntimeException("$who answered $status. " . ($status === 429
            ? 'Those are too many requests: try again later, or keep the access token while it is valid.'
            : 'Are the settings right, and may the application user read contacts?'));
    }
    $answer = json_decode(wp_remote_retrieve_body($response), true);
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
    return defined($name) && constant($name) !== '' ? constant($name) : throw new RuntimeException("$name is not defined. Define it in wp-config.php.");
}
