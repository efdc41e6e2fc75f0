<?php

// A minimal site in PHP: sign-in, the bridge's tag, and the token endpoint of live-assist-token.php. Start it with
//     php -S localhost:8000 site.php
// Its contacts are those of the demo's CRM, which `npm run demo` starts. It makes its key when it is first started.

declare(strict_types=1);

// Like the other recipes' sites it asks for no password. Never put such a site where others can reach it. In a public
// node_modules folder, another server would run it.
if (PHP_SAPI !== 'cli-server') {
    http_response_code(404);
    exit;
}
const ACCOUNTS = ['maya' => 'maya@example.com', 'zoe' => 'zoe@example.com', 'tom' => 'tom@example.com'];
$settings = [
    'LIVE_ASSIST_ISSUER' => 'www.example.com',
    'DYNAMICS_URL' => 'http://127.0.0.1:3003',
    'DYNAMICS_TOKEN_URL' => 'http://127.0.0.1:3003/oauth2/v2.0/token',
    'DYNAMICS_CLIENT_ID' => 'demo',
    'DYNAMICS_CLIENT_SECRET' => 'demo',
];
foreach ($settings as $name => $value) {
    getenv($name) || putenv("$name=$value");
}
getenv('LIVE_ASSIST_PRIVATE_KEY_FILE') || putenv('LIVE_ASSIST_PRIVATE_KEY_FILE=' . own_key());

/** A key in a folder that is private to this user: others may create files in the temporary folder, too. */
function own_key(): string
{
    umask(0077);
    $user = fstat(tmpfile())['uid'];
    $folder = sys_get_temp_dir() . "/live-assist-demo-$user";
    is_dir($folder) || mkdir($folder);
    $is_private = PHP_OS_FAMILY === 'Windows' // There the temporary folder itself is.
        || !is_link($folder) && fileowner($folder) === $user && (fileperms($folder) & 0077) === 0;
    if (!$is_private) {
        exit("$folder is open to others. Remove it, or set LIVE_ASSIST_PRIVATE_KEY_FILE.");
    }
    if (!is_file("$folder/private_key.pem")) {
        openssl_pkey_export_to_file(openssl_pkey_new(['private_key_bits' => 2048]), "$folder/private_key.pem");
    }
    return "$folder/private_key.pem";
}

$path = explode('?', $_SERVER['REQUEST_URI'])[0];
if ($path === '/live-assist/token') {
    require __DIR__ . '/live-assist-token.php';
    // The account ends with the sign-in, and nobody can change its address on this site.
    LiveAssist\Token\serve(function (): ?string {
        session_start(['read_and_close' => true]);
        return ACCOUNTS[$_SESSION['site_php_user'] ?? ''] ?? null;
    }, $path);
    return;
}
if ($path === '/live-assist-bridge.umd.js') {
    header('Content-Type: text/javascript');
    readfile(__DIR__ . '/../../../dist/live-assist-bridge.umd.js');
    return;
}
session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax']);
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $_SESSION = [];
    session_regenerate_id(true);
    if (isset(ACCOUNTS[$_POST['as'] ?? ''])) {
        $_SESSION['site_php_user'] = $_POST['as'];
    }
    header('Location: /', true, 303);
    return;
}
header('Cache-Control: no-store');
$user = htmlspecialchars($_SESSION['site_php_user'] ?? '');
// Empty for a guest, who then makes no request. With the trial contact, a guest is a visitor, too.
$visitor = $user === '' && getenv('LIVE_ASSIST_TRIAL_CONTACT') ? 'trial' : $user;
?>
<!doctype html>
<title>Live Assist with PHP</title>
<script src="/live-assist-bridge.umd.js" data-token-endpoint="/live-assist/token" data-visitor="<?= $visitor ?>" defer></script>
<p>Signed in: <?= $user === '' ? 'nobody' : $user ?></p>
<form method="post"><?php foreach ([...array_keys(ACCOUNTS), ''] as $name) : ?>
    <button name="as" value="<?= $name ?>"><?= $name === '' ? 'Sign out' : "Sign in as $name" ?></button>
<?php endforeach ?></form>
<button onclick="authoriseChatWithCallback((token, error) => (answer.textContent = token ?? error))">Ask for a token</button>
<pre id="answer"></pre>
