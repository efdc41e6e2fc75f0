<?php
/**
 * Plugin Name: Live Assist token
 * Description: Tells Live Assist for Dynamics 365 who the signed-in visitor is. Set it up under Settings > Live Assist.
 * Version: 1.0.0
 * Requires PHP: 8.1
 * Requires at least: 6.1
 *
 * Copy this folder to wp-content/plugins (or install it as a zip file), activate it, and fill in Settings > Live Assist.
 * It needs the PHP extensions openssl and curl. The bridge's tokenEndpoint is /wp-admin/admin-ajax.php?action=live_assist_token.
 * The settings may also be constants in wp-config.php, which then take precedence. The client secret must be one:
 *    define('LIVE_ASSIST_ISSUER', 'www.example.com');  // exactly as entered in Live Assist
 *    define('LIVE_ASSIST_PRIVATE_KEY_FILE', '/etc/live-assist/private_key.pem');  // outside the web root
 *    define('DYNAMICS_URL', 'https://contoso.crm4.dynamics.com');
 *    define('DYNAMICS_TOKEN_URL', 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token');
 *    define('DYNAMICS_CLIENT_ID', '…');  // of an application user that may read contacts
 *    define('DYNAMICS_CLIENT_SECRET', '…');
 *    define('LIVE_ASSIST_TRIAL_CONTACT', '…');  // only to try it on your own machine: a contact's GUID for guests
 */

declare(strict_types=1);

namespace LiveAssist\Token;

defined('ABSPATH') || exit;

require __DIR__ . '/token-endpoint.php';
require __DIR__ . '/settings.php';

const ACTION = 'live_assist_token';

/**
 * Who is signed in? The GUID of the visitor's Contact in Dynamics, or an address that the visitor has proven, or null.
 * Never user_email alone: every user can set it without confirmation (POST /wp/v2/users/me). WooCommerce customers can,
 * too. To decide it yourself, REPLACE THE BODY, and keep to the rule: the visitor must not be able to write the value.
 */
function visitor(): ?string
{
    $user = wp_get_current_user();
    // A network's users are signed in on all of its sites. Only members of this one are its visitors.
    if (!$user->exists() || !is_user_member_of_blog($user->ID)) {
        return null;
    }
    $key = setting('LIVE_ASSIST_META_KEY');
    if (!is_out_of_users_reach($key)) {
        write_log('Users can write the user meta key of the settings. ' . KEY_RULE);
        return null;
    }
    $value = get_user_meta($user->ID, $key, true);
    if (!is_string($value) || $value === '') {
        return null;
    }
    if (setting('LIVE_ASSIST_META_HOLDS') !== 'address') {
        if (!str_contains($value, '@')) {
            return $value;
        }
        write_log('The user meta key of the settings holds an address, not a GUID. Choose what it holds under Settings > Live Assist.');
        return null; // Nobody has said that the site proved it.
    }
    // The site wrote this address when the user proved it. A changed user_email is not proven any more.
    return strcasecmp($value, $user->user_email) === 0 ? $value : null;
}

const KEY_RULE = 'Choose one that begins with _, not with _wc_, and is neither registered for REST nor a contact method.';

/**
 * Keys that begin with _ cannot be edited as custom fields, and WordPress' REST API cannot set a key that is not registered.
 * WooCommerce's REST API can set any key of a customer, but only for shop managers, who are staff. What customers enter in
 * fields of its checkout is in keys that begin with _wc_. Users write the contact methods in their profile, whatever their keys.
 */
function is_out_of_users_reach(string $key): bool
{
    if (str_starts_with($key, '_wc_') || isset(wp_get_user_contact_methods()[$key])) {
        return false;
    }
    rest_get_server(); // Many plugins register keys for REST only when it starts.
    foreach (['', 'user'] as $subtype) { // REST takes both.
        if (!empty(get_registered_meta_keys('user', $subtype)[$key]['show_in_rest'])) {
            return false;
        }
    }
    return is_protected_meta($key, 'user');
}

function write_log(string $sentence): void
{
    error_log("Live Assist token: $sentence");
}

function endpoint(): TokenEndpoint
{
    return new TokenEndpoint(
        setting: setting(...),
        settingsAre: 'Set it under Settings > Live Assist, or define it in wp-config.php.',
        log: write_log(...),
        kept: fn (string $name) => get_transient($name),
        keep: fn (string $name, string $text, int $seconds) => set_transient($name, $text, $seconds),
    );
}

/** On init, before admin-ajax.php answers OPTIONS itself, and before plugins redirect customers away from wp-admin. */
function answer(): void
{
    $path = wp_parse_url(admin_url('admin-ajax.php'), PHP_URL_PATH);
    if (!wp_doing_ajax() || ($_REQUEST['action'] ?? null) !== ACTION) {
        return;
    }
    ob_start(); // Whatever other plugins' code prints is dropped.
    defined('DONOTCACHEPAGE') || define('DONOTCACHEPAGE', true); // For page caches.
    do_action('litespeed_control_set_nocache', 'a token is for one visitor');
    [$status, $headers, $body] = endpoint()->respond($_SERVER, $path, visitor(...));
    while (ob_get_level() > 0) {
        ob_end_clean();
    }
    // Not wp_send_json: before WordPress 6.8.3 it replaces no-store by no-cache.
    header_remove('Expires');
    http_response_code($status);
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    echo $body;
    exit;
}
add_action('init', __NAMESPACE__ . '\answer', PHP_INT_MAX);

/** The bridge on every page, as one script tag. An empty data-visitor says that nobody is signed in. */
function enqueue(): void
{
    $file = __DIR__ . '/live-assist-bridge.umd.js';
    if (setting('LIVE_ASSIST_TAG') !== 'off' && is_file($file)) {
        wp_enqueue_script('live-assist-bridge', plugins_url('live-assist-bridge.umd.js', __FILE__), [], (string) filemtime($file), false);
    }
}
add_action('wp_enqueue_scripts', __NAMESPACE__ . '\enqueue', 1);

function add_attributes(string $tag, string $handle): string
{
    if ($handle !== 'live-assist-bridge') {
        return $tag;
    }
    $user = get_current_user_id();
    // A name for the visitor that says nothing about the account. With the trial contact, a guest is a visitor, too.
    $guest = setting('LIVE_ASSIST_TRIAL_CONTACT') ? 'trial' : '';
    $visitor = $user === 0 ? $guest : substr(wp_hash("live-assist-visitor-$user"), 0, 16);
    return str_replace('<script ', sprintf(
        '<script data-token-endpoint="%s" data-visitor="%s" ',
        esc_attr(add_query_arg('action', ACTION, admin_url('admin-ajax.php', 'relative'))),
        esc_attr($visitor),
    ), $tag);
}
add_filter('script_loader_tag', __NAMESPACE__ . '\add_attributes', 10, 2);
