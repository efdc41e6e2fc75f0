<?php

// Installs WordPress into the database of wp-config.php, activates the plugin, and adds the users of the story.
// Run by start-wordpress.ts as: php install-wordpress.php <wordpress> <single | multi> <zip>

declare(strict_types=1);

[, $home, $kind, $zip] = $argv;
$_SERVER += ['HTTP_HOST' => 'main.test', 'SERVER_NAME' => 'main.test', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
define('WP_INSTALLING', true);
require "$home/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/file.php';

wp_install('Site', 'owner', 'owner@example.com', false, '', 'owner-pass');
$contacts = json_decode(getenv('CONTACTS'), true);
foreach ($contacts as $name => $contact) {
    $id = wp_insert_user(['user_login' => $name, 'user_pass' => "$name-pass", 'user_email' => "$name@example.com", 'role' => 'subscriber']);
    if ($contact !== '') {
        update_user_meta($id, '_dynamics_contact_id', $contact);
    }
}
// As an upload of the zip file under Plugins does it.
WP_Filesystem();
$unpacked = unzip_file($zip, WP_PLUGIN_DIR);
if ($unpacked !== true) {
    exit($unpacked->get_error_message());
}
$failed = activate_plugin('live-assist-token/live-assist-token.php');
if ($failed !== null) {
    exit($failed->get_error_message());
}

if ($kind === 'multi') {
    $wpdb->tables('ms_global'); // Names the network's tables.
    foreach ($wpdb->tables('ms_global') as $table => $name) {
        $wpdb->$table = $name;
    }
    install_network();
    populate_network(1, 'main.test', 'owner@example.com', 'Network', '/', true);
    $config = file_get_contents("$home/wp-config.php");
    file_put_contents("$home/wp-config.php", str_replace('/* NETWORK */', <<<'PHP'
        define('MULTISITE', true);
        define('SUBDOMAIN_INSTALL', true);
        define('DOMAIN_CURRENT_SITE', 'main.test');
        define('PATH_CURRENT_SITE', '/');
        define('SITE_ID_CURRENT_SITE', 1);
        define('BLOG_ID_CURRENT_SITE', 1);
        define('COOKIE_DOMAIN', '');
        PHP, $config));
}
