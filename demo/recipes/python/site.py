"""A minimal site in Python: sign-in, the bridge's tag, and the token endpoint of live_assist_token.py. Start it with
    python3 demo/recipes/python/site.py
Its contacts are those of the demo's CRM, which `npm run demo` starts. It makes its key when it is first started.
"""

import html
import os
import secrets
import tempfile
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs
from wsgiref.simple_server import make_server

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import live_assist_token

ACCOUNTS = {"maya": "maya@example.com", "zoe": "zoe@example.com", "tom": "tom@example.com"}
BRIDGE = Path(__file__).parents[3] / "dist/live-assist-bridge.umd.js"
SESSIONS = {}  # Who is signed in, by the cookie's value.

for name, value in {
    "LIVE_ASSIST_ISSUER": "www.example.com",
    "DYNAMICS_URL": "http://127.0.0.1:3003",
    "DYNAMICS_TOKEN_URL": "http://127.0.0.1:3003/oauth2/v2.0/token",
    "DYNAMICS_CLIENT_ID": "demo",
    "DYNAMICS_CLIENT_SECRET": "demo",
}.items():
    os.environ.setdefault(name, value)
if "LIVE_ASSIST_PRIVATE_KEY_FILE" not in os.environ:
    file = Path(tempfile.mkdtemp()) / "private_key.pem"
    key = generate_private_key(65537, 2048)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    os.environ["LIVE_ASSIST_PRIVATE_KEY_FILE"] = str(file)


def session(environ):
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("session")
    return cookie.value if cookie else None


def user(environ):
    return SESSIONS.get(session(environ), "")


def site(environ, start_response):
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path == live_assist_token.PATH:
        # The account ends with the sign-in, and nobody can change its address on this site.
        body, status, headers = live_assist_token.respond(environ, lambda _: ACCOUNTS.get(user(environ)))
        start_response(f"{status} Answer", list(headers.items()))
        return [body]
    if path == "/live-assist-bridge.umd.js":
        start_response("200 OK", [("Content-Type", "text/javascript")])
        return [BRIDGE.read_bytes()]
    if method == "POST":
        SESSIONS.pop(session(environ), None)
        form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
        name, token = form.get("as", [""])[0], secrets.token_urlsafe()
        if name in ACCOUNTS:
            SESSIONS[token] = name
        start_response("303 See Other", [("Location", "/"), ("Set-Cookie", f"session={token}; HttpOnly; SameSite=Lax")])
        return []
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
    return [page(html.escape(user(environ))).encode()]


def page(name):
    buttons = "".join(f'<button name="as" value="{one}">Sign in as {one}</button> ' for one in ACCOUNTS)
    # Empty for a guest, who then makes no request. With the trial contact, a guest is a visitor, too.
    visitor = name or ("trial" if os.environ.get("LIVE_ASSIST_TRIAL_CONTACT") else "")
    return f"""<!doctype html>
<title>Live Assist with Python</title>
<script src="/live-assist-bridge.umd.js" data-token-endpoint="{live_assist_token.PATH}" data-visitor="{visitor}" defer></script>
<p>Signed in: {name or "nobody"}</p>
<form method="post">{buttons}<button name="as" value="">Sign out</button></form>
<button onclick="authoriseChatWithCallback((token, error) => (answer.textContent = token ?? error))">Ask for a token</button>
<pre id="answer"></pre>
"""


with make_server("127.0.0.1", int(os.environ.get("PORT", "8000")), site) as server:
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
