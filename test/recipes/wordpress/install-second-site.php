<?php

// Adds a second site to the network and activates the plugin on it. Of the story, bob is a member of it, and
// mallory is its administrator.

declare(strict_types=1);

[, $home] = $argv;
$_SERVER += ['HTTP_HOST' => 'main.test', 'SERVER_NAME' => 'main.test', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require "$home/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$blog = wpmu_create_blog('second.main.test', '/', 'Second', get_user_by('login', 'owner')->ID);
add_user_to_blog($blog, get_user_by('login', 'bob')->ID, 'subscriber');
add_user_to_blog($blog, get_user_by('login', 'mallory')->ID, 'administrator');
activate_plugin('live-assist-token/live-assist-token.php', '', true);
