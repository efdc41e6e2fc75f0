<?php

// admin-ajax.php of WordPress as far as the plugin meets it: guests, hooks, settings. wordpress.slow.test.ts has the real one.

declare(strict_types=1);

define('ABSPATH', dirname(__DIR__) . '/');

$hooks = [];

function add_action(string $hook, callable|string $callback, int $priority = 10, int $arguments = 1): void
{
    $GLOBALS['hooks'][$hook][] = $callback;
}

function add_filter(string $hook, callable|string $callback, int $priority = 10, int $arguments = 1): void
{
}

function do_action(string $hook, mixed ...$arguments): void
{
    foreach ($GLOBALS['hooks'][$hook] ?? [] as $callback) {
        $callback(...$arguments);
    }
}

function wp_get_current_user(): object
{
    return new class () {
        public int $ID = 0;

        public function exists(): bool
        {
            return false;
        }
    };
}

function wp_doing_ajax(): bool
{
    return true;
}

function wp_parse_url(string $url, int $part): string
{
    return parse_url($url, $part);
}

function admin_url(string $path): string
{
    return "http://{$_SERVER['HTTP_HOST']}/wp-admin/$path";
}

function get_option(string $name): mixed
{
    return false;
}

function get_transient(string $name): mixed
{
    return apcu_fetch($name);
}

function set_transient(string $name, mixed $value, int $seconds): bool
{
    return apcu_store($name, $value, $seconds);
}

foreach (getenv() as $name => $value) {
    if (preg_match('/^(LIVE_ASSIST|DYNAMICS)_/', $name) === 1) {
        define($name, $value);
    }
}

require ABSPATH . 'wordpress/live-assist-token/live-assist-token.php';

do_action('init');

// What WordPress 6.1 does itself after that. The plugin must have answered by now.
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    http_response_code(403);
    exit;
}
http_response_code(400);
header('Content-Type: text/html; charset=UTF-8');
header('Cache-Control: no-cache, must-revalidate, max-age=0');
exit('0');
