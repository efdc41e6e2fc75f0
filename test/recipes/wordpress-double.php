<?php

// WordPress as far as a must-use plugin on admin-ajax meets it: hooks, users, requests, JSON answers.

declare(strict_types=1);

$hooks = [];

function add_action(string $hook, callable|string $callback): void
{
    $GLOBALS['hooks'][$hook][] = $callback;
}

function is_user_logged_in(): bool
{
    return ($_SERVER['HTTP_X_VISITOR'] ?? '') !== '';
}

function is_ssl(): bool
{
    return false;
}

function wp_get_current_user(): object
{
    return (object) ['user_email' => rawurldecode($_SERVER['HTTP_X_VISITOR'])];
}

function wp_remote_request(string $url, array $arguments): array|false
{
    $body = $arguments['body'] ?? '';
    $headers = $arguments['headers'];
    if (is_array($body)) {
        $body = http_build_query($body, '', '&');
        $headers['Content-Type'] = 'application/x-www-form-urlencoded';
    }
    $context = stream_context_create(['http' => [
        'method' => $arguments['method'] ?? 'GET',
        'header' => array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers),
        'content' => $body,
        'timeout' => $arguments['timeout'] ?? 5,
        'follow_location' => ($arguments['redirection'] ?? 5) > 0 ? 1 : 0,
        'ignore_errors' => true,
    ]]);
    $stream = @fopen($url, 'r', false, $context);
    $status = explode(' ', $stream ? stream_get_meta_data($stream)['wrapper_data'][0] : '')[1] ?? '';
    if ($status === '') {
        return false;
    }
    return ['status' => (int) $status, 'body' => stream_get_contents($stream)];
}

function is_wp_error(mixed $response): bool
{
    return $response === false;
}

function wp_remote_retrieve_response_code(array $response): int
{
    return $response['status'];
}

function wp_remote_retrieve_body(array $response): string
{
    return $response['body'];
}

function wp_send_json(mixed $data, int $status): never
{
    http_response_code($status);
    header('Content-Type: application/json; charset=UTF-8');
    echo json_encode($data);
    exit;
}

$settings = ['LIVE_ASSIST_ISSUER', 'LIVE_ASSIST_PRIVATE_KEY_FILE', 'DYNAMICS_URL', 'DYNAMICS_TOKEN_URL', 'DYNAMICS_CLIENT_ID', 'DYNAMICS_CLIENT_SECRET'];
foreach ($settings as $name) {
    if (getenv($name)) {
        define($name, getenv($name));
    }
}

require __DIR__ . '/live-assist-token-wordpress.php';

// admin-ajax.php sends these before it runs the hook.
header('Content-Type: text/html; charset=UTF-8');
header('Cache-Control: no-cache, must-revalidate, max-age=0, no-store, private');
$hook = (is_user_logged_in() ? 'wp_ajax_' : 'wp_ajax_nopriv_') . ($_REQUEST['action'] ?? '');
if (!isset($hooks[$hook])) {
    http_response_code(400);
    exit('0');
}
foreach ($hooks[$hook] as $callback) {
    $callback();
}
