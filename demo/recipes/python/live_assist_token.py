"""Token endpoint for Live Assist as a WSGI application (Python 3.9 or newer, PyJWT with cryptography).

1. pip install "pyjwt[crypto]". Serve `application` with gunicorn, mod_wsgi (which passes an app's Authorization header on
   only with WSGIPassAuthorization On), or uWSGI (with enable-threads, because another thread asks Dynamics).
   It answers at PATH, the bridge's tokenEndpoint, and at no other path. PATH begins with the prefix of a mounted site.
   To try it: python3 live_assist_token.py. In Flask or Django, these lines take the place of `application` and visitor:

   Flask:
       from flask import request, session

       @app.before_request  # Unlike a route, it answers every method.
       def live_assist_token():
           # Not request.path, which takes //live-assist/token for it.
           if request.script_root + request.environ["PATH_INFO"] == PATH:
               answer = respond(request.environ, lambda _: current_user.is_authenticated and current_user.dynamics_contact_id)
               if not app.session_interface.is_null_session(session):  # As without a secret key.
                   # Saved here, the session would outlive a sign-out in between. Empty and unmodified, it is not saved.
                   session.clear()
                   session.modified = False
               return answer
   Django:
       @csrf_exempt  # respond refuses other sites itself.
       def live_assist_token(request):
           request._cache_update_cache = False  # UpdateCacheMiddleware ignores no-store.
           body, status, headers = respond(
               request.META, lambda _: request.user.is_authenticated and request.user.dynamics_contact_id
           )
           return HttpResponse(body, status=status, headers=headers)

   Both take the id from the user who is signed in now (Flask-Login, django.contrib.auth). An id in the session would
   outlive the sign-out, and the next visitor of the same browser would get it.
2. Otherwise replace the body of visitor() with a look at your own session.
3. Set these in the environment, and keep the key file outside the web root:
   LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
   LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
   DYNAMICS_URL                  https://contoso.crm4.dynamics.com
   DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
   DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
   LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: the GUID that guests on localhost get a token for
"""

import base64
import binascii
import hashlib
import json
import logging
import os
import re
import time
import zlib
from concurrent import futures
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, parse_headers
from pathlib import Path
from socket import SHUT_RDWR
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

log = logging.getLogger("live_assist_token")

PATH = "/live-assist/token"
LIFETIME = 7200  # seconds
LIMIT = 5  # seconds for one look-up, all its requests together
MOST = 1 << 20  # bytes of one answer, after decompression
DASHED = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
GUID = re.compile(rf"{DASHED}|\{{{DASHED}\}}|[0-9a-f]{{32}}", re.IGNORECASE)
LOOPBACK = re.compile(r"(?:::ffff:)?127\.\d+\.\d+\.\d+|::1", re.IGNORECASE | re.ASCII)
LOCAL = r"(?:(?:[a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?"
LOCAL_HOST = re.compile(LOCAL, re.IGNORECASE | re.ASCII)
LOCAL_PAGE = re.compile(rf"https?://{LOCAL}(?:/(?!.*, ?\w+://).*)?", re.IGNORECASE | re.ASCII)
FROM_PROXY = re.compile(
    "HTTP_(?:(?:X_)?FORWARDED.*|X_(?:ORIGINAL|ARR|AMZN?|AZURE|ENVOY|PROXY|REWRITE)_.*"
    "|(?:CF|FASTLY|PROXY|WL_PROXY)_.*|X_VARNISH|FRONT_END_HTTPS|VIA|CDN_LOOP|.*_(?:IP|ADDR))"
)

# What to do about a refusal of Dynamics or Entra, by its number.
REMEDIES = {
    "0x80072560": "Add the application user to this organisation.",
    "0x80040225": "Enable the application user.",
    "0x80095ffe": "Allow this server's address in the organisation's IP firewall.",
    "0x80095ffc": "Allow the application in the organisation's access settings.",
    "0x80040220": "Give the application user a role with Read on Contact.",
    "0x80048306": "Give the application user's role Read on Contact at Organization level.",
    "AADSTS7000222": "The client secret has expired. Make a new one.",
    "AADSTS7000215": "The client secret is wrong. Set its value, not its id.",
    "AADSTS700016": "DYNAMICS_CLIENT_ID is not known in this tenant.",
    "AADSTS90002": "The tenant in DYNAMICS_TOKEN_URL does not exist.",
    "AADSTS500011": "DYNAMICS_URL is not known in this tenant.",
    "429": "It limits requests. Try again later.",
}

# SHA-256 of public keys whose private half is printed in public documentation, such as jwt.io's sample key.
PUBLISHED = {
    "f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7",
    "d2f8d7917928bbe7a457bdbaa0f69221a49b0fbc867ea34b700e9e78364d57e8",
    "6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c",
    "ad32320cf6c596d884b05381ba573aba8ddd5749b4de8f4a23a79f9a89ddaeb2",
    "627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d",
    "411a6612528417de252e5d2bf92bcf16bb2279b77f79ccd1f5c30d96418d1c08",
    "3dd15ef34ff58da98b4cf8fa6b9e2eb281665c38e36f56ad1faba791b2d536c3",
    "4886b0384bff5435d1c7e4830f4577ece463affb9c5fd4488835a1b006875547",
}


def visitor(environ):
    """REPLACE THE BODY. Who is signed in, by your own session? Return

    - the GUID of the visitor's Contact in Dynamics: best, if kept where the visitor cannot write it; or
    - the visitor's e-mail address, if the visitor has PROVEN that it is theirs, also after every change of it.
      A visitor who can change the address without proof becomes somebody else; or
    - None if nobody is signed in.

    The value must end with the sign-in: take it from the user who is signed in now, as the lines above do.
    """
    return None


def application(environ, start_response):
    body, status, headers = respond(environ)
    start_response(f"{status} {HTTPStatus(status).phrase}", [*headers.items(), ("Content-Length", str(len(body)))])
    return [body]


def respond(environ, signed_in=visitor):
    """Body, status and headers of the answer, in the order that Flask takes."""
    return answer_of(environ, *answer_to(environ, signed_in))


def answer_of(environ, status, answer):
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "Vary": "Cookie, Authorization",
        "X-Content-Type-Options": "nosniff",
    }
    if status == 405:
        headers["Allow"] = "GET, POST"
    if status == 503:
        headers["Retry-After"] = "1"
    body = b"" if environ["REQUEST_METHOD"] == "HEAD" else json.dumps(answer).encode()
    return body, status, headers


NOT_FOUND = 404, {"error": "not-found"}


def at_path(environ):
    """A route may match more than PATH, and a CDN keeps /live-assist/token/a.css. Servers decode
    /static/..%2flive-assist/token, which a CDN may keep, too. So the path as it was sent counts, if known."""
    path = environ.get("PATH_INFO", "")
    sent = environ.get("REQUEST_URI", environ.get("RAW_URI"))
    if sent is not None and not sent.startswith("/"):
        path = without_host(path)  # uWSGI leaves the host there.
    whole = environ.get("SCRIPT_NAME", "") + path
    if whole != PATH or sent is None:
        return whole == PATH
    encoded = [quote(each, encoding="latin-1") for each in (path, whole)]
    return without_host(sent).split("?")[0] in (path, whole, *encoded)


def without_host(target):
    """What follows the host in a target such as http://www.example.com/path (RFC 9112, 3.2.2)."""
    return re.sub(r"^(?i:https?)://[A-Za-z0-9._:\[\]-]+", "", target)


def answer_to(environ, signed_in):
    if not at_path(environ):
        say(
            "The path that was sent is not the exact path of the endpoint, so the answer was 404. "
            "Use one path in the bridge's tokenEndpoint, the recipe and the proxy."
        )
        return NOT_FOUND
    if environ["REQUEST_METHOD"] not in ("GET", "POST"):
        return 405, {"error": "method-not-allowed"}
    if not asked_by_own_page(environ):
        return 403, {"error": "foreign-origin"}
    try:
        who = signed_in(environ)
        if not who:
            trial = trial_contact(environ)
            return (200, {"token": sign(claims(trial))}) if trial else (401, {"error": "signed-out"})
        contact = find_contact(str(who))  # str: a model may keep its GUID as a UUID
        return (200, {"token": sign(claims(contact))}) if contact else (403, {"error": "no-contact"})
    except Exception as error:
        # Only our own sentences are logged. Another message or a stack trace may hold the key or an address.
        say(error if isinstance(error, Fault) else type(error).__name__)
        return (503, {"error": "timeout"}) if isinstance(error, TooSlow) else (500, {"error": "failed"})


class Fault(Exception):
    """Its message is our own sentence and holds no secret."""


class TooSlow(Fault):
    """The look-up took longer than LIMIT."""


def say(sentence):
    log.error("Live Assist token: %s", sentence)


def asked_by_own_page(environ):
    """A page of another site must never get a token. A request with neither header is from a phone or a server."""
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in ("same-origin", "none")
    origin = environ.get("HTTP_ORIGIN")
    host = environ.get("HTTP_HOST", "")
    return origin is None or origin in (f"https://{host}", f"http://{host}")


def trial_contact(environ):
    """The contact for guests while you try the endpoint on your own machine."""
    contact = os.environ.get("LIVE_ASSIST_TRIAL_CONTACT")
    if not contact:
        return None
    # Some proxies add no header. So HTTP/1.0, which many proxies speak, and a foreign page count as a proxy, too.
    # Django under ASGI does not tell the version.
    if (
        any(FROM_PROXY.fullmatch(name) for name in environ)
        or environ.get("SERVER_PROTOCOL", "HTTP/1.0") == "HTTP/1.0"
        or not LOOPBACK.fullmatch(environ.get("REMOTE_ADDR", ""))
        or not LOCAL_HOST.fullmatch(environ.get("HTTP_HOST", ""))
        or not all(LOCAL_PAGE.fullmatch(environ.get(name, "http://localhost")) for name in ("HTTP_ORIGIN", "HTTP_REFERER"))
    ):
        say(
            "LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. "
            "Remove the setting on a public site."
        )
        return None
    if not guid(contact):
        raise Fault("LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.")
    return {"contactid": contact, "firstname": "Trial", "lastname": "Visitor"}


def guid(text):
    """The GUID as Dynamics writes it, or None. Braces may be around it, and its dashes may be missing."""
    if not isinstance(text, str) or not GUID.fullmatch(text):
        return None
    digits = re.sub("[{}-]", "", text).lower()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def find_contact(who):
    """The active contact in Dynamics with this GUID or e-mail address."""
    deadline = time.monotonic() + LIMIT
    contact_id = guid(who)
    if contact_id is None and "@" not in who:
        say("The visitor's id is neither a GUID nor an e-mail address. Return one of the two from visitor().")
        return None
    column = "contactid" if contact_id else "emailaddress1"
    value = contact_id or "'" + who.replace("'", "''") + "'"  # OData doubles a quote within text.
    query = urlencode(
        {
            "$select": "contactid,firstname,lastname,emailaddress1",
            "$filter": f"{column} eq {value} and statecode eq 0",
        },
        quote_via=quote,
    )
    rows = ask_dynamics(f"{dynamics_url()}/api/data/v9.2/contacts?{query}", deadline).get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Fault("Dynamics answered no list of contacts. Is DYNAMICS_URL right?")
    # Dynamics finds josé for jose. So compare again: only A to Z equal a to z (as in lower() of bytes).
    same = [row for row in rows if folded(row.get(column)) == folded(contact_id or who)]
    if len(same) > 1:
        raise Fault("Two active contacts have one e-mail address. Merge them in Dynamics.")
    return same[0] if same else None


def folded(text):
    return text.encode(errors="surrogatepass").lower() if isinstance(text, str) else None


def ask_dynamics(url, deadline):
    """Asks with the kept access token, and once more with a new one if Dynamics refuses the kept one."""
    token, is_kept = access_token(deadline)
    try:
        return ask("Dynamics", Request(url, headers={"Authorization": f"Bearer {token}"}), deadline, is_kept)
    except PermissionError:
        kept.clear()
        token, _ = access_token(deadline)
        return ask("Dynamics", Request(url, headers={"Authorization": f"Bearer {token}"}), deadline)


kept = {}  # The access token and the time when it ends.


def access_token(deadline):
    """The access token, and whether it was kept."""
    token, end = kept.get("token", (None, 0))
    if time.monotonic() < end:
        return token, True
    fields = {
        "grant_type": "client_credentials",
        "client_id": setting("DYNAMICS_CLIENT_ID"),
        "client_secret": setting("DYNAMICS_CLIENT_SECRET"),
        "scope": f"{dynamics_url()}/.default",
    }
    request = Request(address("DYNAMICS_TOKEN_URL"), data=urlencode(fields).encode())
    answer = ask("DYNAMICS_TOKEN_URL", request, deadline)
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]+", token):
        raise Fault("DYNAMICS_TOKEN_URL answered no access token. Is the address right?")
    if type(seconds) is int:
        kept["token"] = token, time.monotonic() + seconds - 60
    return token, False


class NoRedirects(HTTPRedirectHandler):
    """A redirect would carry the access token elsewhere."""

    def redirect_request(self, *args):
        return None


def left(deadline):
    return max(0.001, deadline - time.monotonic())


def handlers(deadline, sockets):
    """Handlers of urllib that add a second handle of each connection to `sockets`."""

    class Answer(HTTPResponse):
        def _read_status(self):
            version, status, reason = super()._read_status()
            while 100 <= status < 200:  # http.client takes 103 for the answer itself.
                parse_headers(self.fp)
                version, status, reason = super()._read_status()
            return version, status, reason

    class Plain(HTTPConnection):
        response_class = Answer

        def connect(self):
            super().connect()
            if time.monotonic() > deadline:
                raise OSError  # Nobody waits any more.
            sockets.append(self.sock.dup())

    class Secure(HTTPSConnection, Plain):  # In this order, Plain.connect() comes before the TLS handshake.
        pass

    class PlainHandler(HTTPHandler):
        def http_open(self, request):
            return self.do_open(Plain, request)

    class SecureHandler(HTTPSHandler):
        def https_open(self, request):
            return self.do_open(Secure, request)

    return PlainHandler, SecureHandler


askers = futures.ThreadPoolExecutor(40)  # Dynamics serves 52 requests of one user at a time. Further ones wait here.


def ask(who, request, deadline, may_be_refused=False):
    """The JSON object of one answer, within the remaining time.

    Another thread asks, because a socket's timeout is for a single step: not for the resolution of the name, the whole
    TLS handshake, or the whole answer. When the time is up, the connection is closed, which ends the thread's work.
    """
    sockets = []
    asked = askers.submit(exchange, who, request, deadline, sockets)
    try:
        body, status, is_zipped = asked.result(timeout=left(deadline))
    except futures.TimeoutError:
        raise too_slow(who) from None
    finally:
        asked.cancel()
        for sock in sockets:
            with suppress(OSError), sock:
                sock.shutdown(SHUT_RDWR)
    if status == 401 and may_be_refused:
        raise PermissionError
    if status != 200:
        raise Fault(refusal(who, status, body))
    return json_object(who, unzip(body) if is_zipped else body)


def too_slow(who):
    return TooSlow(f"{who} did not answer within {LIMIT} seconds. The visitor may try again.")


def exchange(who, request, deadline, sockets):
    """Body and status of one answer, and whether the body is zipped."""
    request.add_header("Accept", "application/json")
    request.add_header("Accept-Encoding", "identity")
    # This machine is reached without a proxy.
    proxies = [ProxyHandler({})] if request.type == "http" else []
    arrived = False
    try:
        try:
            with build_opener(NoRedirects, *handlers(deadline, sockets), *proxies).open(request, timeout=left(deadline)) as answer:
                arrived = True
                return read(answer), answer.status, answer.headers.get("Content-Encoding") == "gzip"
        except HTTPError as error:
            arrived = True
            return read_refusal(error), error.code, False
    except (OSError, HTTPException):
        if time.monotonic() >= deadline - 0.05:
            raise too_slow(who) from None
        if arrived:
            raise Fault(f"{who} broke off its answer. Does a proxy between close connections?") from None
        raise Fault(f"{who} could not be reached. Is the address right?") from None


def read(answer):
    """At most one byte more than MOST. A body that is shorter than announced is an error."""
    body = b""
    while len(body) <= MOST:
        part = answer.read(min(65536, MOST + 1 - len(body)))
        if not part:
            if answer.length:
                raise HTTPException
            break
        body += part
    return body


def read_refusal(answer):
    try:
        return read(answer)
    except HTTPException:
        return b""


def unzip(body):
    try:
        unzipper = zlib.decompressobj(wbits=31)
        text = unzipper.decompress(body, MOST + 1)
        return text if unzipper.eof or len(text) > MOST else b""
    except zlib.error:
        return b""


def refusal(who, status, body):
    found = re.search(rb'"code"\s*:\s*"(0x[0-9a-f]{8})"|"(AADSTS\d+):', body, re.IGNORECASE)
    number = (found[1] or found[2]).decode() if found else ""
    remedy = REMEDIES.get(number or str(status), "Are the settings right, and may the application user read contacts?")
    return f"{who} answered {status}{f' ({number})' if number else ''}. {remedy}"


def json_object(who, body):
    if len(body) > MOST:
        raise Fault(f"{who} answered more than 1 MB. Is the address right?")
    try:
        answer = json.loads(body.decode("utf-8-sig"), parse_constant=lambda name: None + name)
    except (ValueError, TypeError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Fault(f"{who} answered no JSON object. Is the address right?")
    return answer


def claims(contact):
    sub = guid(contact.get("contactid"))
    if not sub:
        raise Fault("Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?")
    now = int(time.time())
    found = {
        "sub": sub,
        "given_name": whole(contact.get("firstname")),
        "family_name": whole(contact.get("lastname")),
        "iss": setting("LIVE_ASSIST_ISSUER"),
        "iat": now - 1,  # For a verifier whose clock is slightly behind.
        "exp": now - 1 + LIFETIME,
    }
    return {name: claim for name, claim in found.items() if claim}


def whole(name):
    """Dynamics may cut a name within an emoji. The half that is left becomes U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name) if isinstance(name, str) else None


def sign(payload):
    """RS256, the only algorithm that Live Assist accepts."""
    return jwt.encode(payload, private_key(), algorithm="RS256")


def private_key():
    """An intact RSA key, as der_of() reads it."""
    name = "LIVE_ASSIST_PRIVATE_KEY_FILE"
    try:
        with Path(setting(name)).open("rb") as file:
            content = file.read(65536)
    except (OSError, ValueError):
        raise Fault(f"{name} cannot be read. Does the file exist, and may this process read it?") from None
    text = plain(content)
    if re.search(b"BEGIN.ENCRYPTED|Proc-Type: 4,ENCRYPTED", text):
        raise Fault(f"{name} holds a key with a pass phrase. Keep the key without one.")
    try:
        der = der_of(text)
        if b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a" in der[:40]:
            raise Fault(f"{name} holds a key for RSA-PSS. Make a pair for RS256.")
        key = load_der_private_key(der, password=None)  # It also checks whether the numbers fit.
    except (TypeError, ValueError, UnsupportedAlgorithm, binascii.Error):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise Fault(f"{name} holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?")
    if key.key_size < 2048:
        raise Fault(f"{name} holds a key of {key.key_size} bits. Make a pair of 2048 bits.")
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if hashlib.sha256(public).hexdigest() in PUBLISHED:
        raise Fault(f"{name} holds a key that has been published. Make a new pair.")
    return key


def plain(text):
    """The text of a key file without what UTF-16, base64, JSON, forms and source code add to it."""
    if text.startswith(b"\x30\x82"):
        return text
    try:
        inner = base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=]", b"", text)).replace(b"\0", b"")
    except binascii.Error:
        inner = b""
    text = inner if re.search(b"BEGIN.*PRIVATE", inner) else text.replace(b"\0", b"")
    for written, meant in (
        (rb"(?i)%2b|\\+u002b", b"+"),
        (rb"(?i)%2f", b"/"),
        (rb"(?i)%3d", b"="),
        (rb"(?i)%20|%0[ad]|\\+[nrt]", b" "),
        (rb"""["'`](?:\s*[+.&,_])*\s*["'`]""", b""),
    ):
        text = re.sub(written, meant, text)
    return text


def der_of(text):
    """The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines. Otherwise none."""
    der = text
    if not text.startswith(b"\x30\x82"):
        block = rb"(?s)BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE"
        bare = rb"(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\s]{300,}={0,2})"
        found = re.search(block if re.search(b"BEGIN|END.PRIVATE", text) else bare, text)
        digits = re.sub(rb"[^A-Za-z0-9+/]", b"", found[1] if found else b"")
        size = 4 + int.from_bytes(base64.b64decode(digits[:8])[2:4], "big")  # What follows belongs to something else.
        digits = digits[: (size * 4 + 2) // 3]
        der = base64.b64decode(digits + b"=" * (-len(digits) % 4))
    return der if der.startswith(b"\x30\x82") and len(der) == 4 + int.from_bytes(der[2:4], "big") else b""


def dynamics_url():
    return address("DYNAMICS_URL").rstrip("/")


def address(name):
    """Client secret and access token are sent there. So it must be https, except on this machine."""
    if not re.fullmatch(
        r"(?:https://[\w.-]+(?::\d+)?|http://127\.0\.0\.1:\d+)(?:/[\w./-]*)?", setting(name), re.ASCII
    ):
        raise Fault(
            f"{name} is not written like its example. "
            "Does it begin with https://, and is nothing like <tenant id> left in it?"
        )
    return setting(name)


def setting(name):
    if not os.environ.get(name):
        raise Fault(f"{name} is not set. The head of live_assist_token.py says what it is.")
    return os.environ[name]


def serve():
    """A server to try the endpoint with: sixteen requests at a time, ten seconds for a request to arrive."""
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    class Handler(WSGIRequestHandler):
        timeout = 10

        def address_string(self):
            return self.client_address[0]

        def get_environ(self):
            return {**super().get_environ(), "REQUEST_URI": self.requestline.split()[1]}

    class Server(WSGIServer):
        pool = futures.ThreadPoolExecutor(16)

        def process_request(self, request, client_address):
            self.pool.submit(self.answer, request, client_address)

        def answer(self, request, client_address):
            try:
                self.finish_request(request, client_address)
            except OSError:
                pass  # The visitor has gone.
            finally:
                self.shutdown_request(request)

    with make_server("127.0.0.1", int(os.environ.get("PORT", "8000")), application, Server, Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}{PATH}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve()
