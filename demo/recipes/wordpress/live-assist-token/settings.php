<?php

// The page Settings > Live Assist, and the values that it keeps.

declare(strict_types=1);

namespace LiveAssist\Token;

defined('ABSPATH') || exit;

const OPTION = 'live_assist_token';

/** Name, label, and what to enter. The client secret is not among them: the database is not a place for it. */
const FIELDS = [
    'LIVE_ASSIST_ISSUER' => ['Issuer', 'www.example.com, exactly as entered in Live Assist'],
    'LIVE_ASSIST_PRIVATE_KEY_FILE' => ['Private key file', '/etc/live-assist/private_key.pem, outside the web root'],
    'DYNAMICS_URL' => ['Dynamics', 'https://contoso.crm4.dynamics.com'],
    'DYNAMICS_TOKEN_URL' => ['Token address', 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token'],
    'DYNAMICS_CLIENT_ID' => ['Client id', 'of an application user that may read contacts'],
    'LIVE_ASSIST_META_KEY' => ['User meta key', 'begins with _, so that users cannot write it'],
];
const DEFAULTS = ['LIVE_ASSIST_META_KEY' => '_dynamics_contact_id', 'LIVE_ASSIST_META_HOLDS' => 'guid', 'LIVE_ASSIST_TAG' => 'on'];

/** A constant of wp-config.php, or what the settings page has saved, or the default, or ''. */
function setting(string $name): string
{
    if (defined($name) && is_scalar(constant($name)) && (string) constant($name) !== '') {
        return (string) constant($name);
    }
    $saved = get_option(OPTION);
    $value = is_array($saved) && is_string($saved[$name] ?? null) ? $saved[$name] : '';
    return $value !== '' ? $value : DEFAULTS[$name] ?? '';
}

/** Keeps the fields of the page, and nothing else. */
function sanitize(mixed $entered): array
{
    $kept = [];
    foreach ([...array_keys(FIELDS), 'LIVE_ASSIST_META_HOLDS', 'LIVE_ASSIST_TAG'] as $name) {
        $kept[$name] = is_string($entered[$name] ?? null) ? trim($entered[$name]) : '';
    }
    $kept['LIVE_ASSIST_META_HOLDS'] = $kept['LIVE_ASSIST_META_HOLDS'] === 'address' ? 'address' : 'guid';
    $kept['LIVE_ASSIST_TAG'] = $kept['LIVE_ASSIST_TAG'] === 'off' ? 'off' : 'on';
    return $kept;
}

/**
 * Who may change the settings. In a network, one wp-config.php serves all sites: an administrator of a single site could
 * otherwise have the network's client secret sent to another address.
 */
function capability(): string
{
    return is_multisite() ? 'manage_network_options' : 'manage_options';
}
add_filter('option_page_capability_live_assist', __NAMESPACE__ . '\capability');

function add_page(): void
{
    add_options_page('Live Assist', 'Live Assist', capability(), 'live-assist', __NAMESPACE__ . '\show_page');
}
add_action('admin_menu', __NAMESPACE__ . '\add_page');

function register(): void
{
    register_setting('live_assist', OPTION, ['type' => 'array', 'sanitize_callback' => __NAMESPACE__ . '\sanitize', 'show_in_rest' => false]);
}
add_action('admin_init', __NAMESPACE__ . '\register');

/** The first sentence that says what is wrong, or that everything works. */
function check(): string
{
    if (!is_out_of_users_reach(setting('LIVE_ASSIST_META_KEY'))) {
        return 'Users can write the user meta key. ' . KEY_RULE;
    }
    return endpoint()->check() ?? 'Everything works: the key signs, and Dynamics answers the look-up of a contact.';
}

function show_page(): void
{
    $is_checking = isset($_POST['live_assist_check']) && check_admin_referer('live_assist_check');
    $holds = setting('LIVE_ASSIST_META_HOLDS');
    ?>
    <div class="wrap">
        <h1>Live Assist</h1>
        <?php if ($is_checking) : ?>
            <div class="notice notice-info"><p><?php echo esc_html(check()); ?></p></div>
        <?php endif; ?>
        <form method="post" action="options.php">
            <?php settings_fields('live_assist'); ?>
            <table class="form-table">
                <?php foreach (FIELDS as $name => [$label, $hint]) : ?>
                    <tr>
                        <th><label for="<?php echo esc_attr($name); ?>"><?php echo esc_html($label); ?></label></th>
                        <td>
                            <input class="regular-text" id="<?php echo esc_attr($name); ?>"
                                name="<?php echo esc_attr(OPTION . "[$name]"); ?>"
                                value="<?php echo esc_attr(setting($name)); ?>"<?php disabled(defined($name)); ?>>
                            <p class="description"><?php echo esc_html($hint); ?></p>
                        </td>
                    </tr>
                <?php endforeach; ?>
                <tr>
                    <th>This key holds</th>
                    <td>
                        <label><input type="radio" name="<?php echo esc_attr(OPTION); ?>[LIVE_ASSIST_META_HOLDS]" value="guid"<?php checked($holds, 'guid'); ?>> the GUID of the user's contact in Dynamics</label><br>
                        <label><input type="radio" name="<?php echo esc_attr(OPTION); ?>[LIVE_ASSIST_META_HOLDS]" value="address"<?php checked($holds, 'address'); ?>> the e-mail address that the user has proven</label>
                        <p class="description">An address is safe only if your site writes it after the user has opened a link sent to it. WordPress and WooCommerce let users change their address without that. The plugin uses the address only while it equals the user's own.</p>
                    </td>
                </tr>
                <tr>
                    <th>Script tag</th>
                    <td><select name="<?php echo esc_attr(OPTION); ?>[LIVE_ASSIST_TAG]">
                        <option value="on"<?php selected(setting('LIVE_ASSIST_TAG'), 'on'); ?>>on every page</option>
                        <option value="off"<?php selected(setting('LIVE_ASSIST_TAG'), 'off'); ?>>the theme prints it</option>
                    </select></td>
                </tr>
                <tr>
                    <th>Client secret</th>
                    <td><?php echo setting('DYNAMICS_CLIENT_SECRET') === ''
                        ? "Missing. Add define('DYNAMICS_CLIENT_SECRET', '…'); to wp-config.php."
                        : 'Defined in wp-config.php.'; ?></td>
                </tr>
            </table>
            <?php submit_button(); ?>
        </form>
        <form method="post">
            <?php wp_nonce_field('live_assist_check'); ?>
            <?php submit_button('Check now', 'secondary', 'live_assist_check'); ?>
        </form>
    </div>
    <?php
}
