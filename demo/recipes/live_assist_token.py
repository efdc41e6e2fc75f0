"""Token endpoint for Live Assist as a WSGI application (Python 3.9 or newer, PyJWT with cryptography).

1. pip install "pyjwt[crypto]". Serve `application` under the path that is the bridge's tokenEndpoint, with gunicorn or
   mod_wsgi (which hides an app's Authorization header without WSGIPassAuthorization On). To try it:
   python3 live_assist_token.py. Or let a view answer, and say there who is signed in:
   Flask:   return respond(request.environ, lambda _: session.get("dynamics_contact_id"))
   Django:  body, status, headers = respond(request.META, lambda _: request.session.get("dynamics_contact_id"))
            return HttpResponse(body, status=status, headers=headers)  # and @csrf_exempt above the view, for POST
2. Replace the body of visitor() by a look at your own session.
3. Set these in the environment, and keep the key file outside of the web root:
   LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
   LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
   DYNAMICS_URL                  https://contoso.crm4.dynamics.com
   DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
   DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
"""

import json
import logging
import os
import re
import time
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

log = logging.getLogger("live_assist_token")

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LIFETIME = 7200  # seconds


def visitor(environ):
    """REPLACE THE BODY. Who is signed in, by your own session? Answer

    - the GUID of the visitor's Contact in Dynamics, if your session keeps it: best; or
    - the visitor's e-mail address, if you have VERIFIED it: with any other, everybody can be everybody; or
    - None when nobody is signed in.

    For example, with a session middleware: return environ["session"].get("dynamics_contact_id")
    """
    return None


def application(environ, start_response):
    body, status, headers = respond(environ)
    start_response(f"{status} {HTTPStatus(status).phrase}", list(headers.items()))
    return [body]


def respond(environ, signed_in=visitor):
    """Body, status and headers of the answer, in the order that Flask takes."""
    status, answer = answer_to(environ, signed_in)
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "Vary": "Cookie, Authorization",
        "X-Content-Type-Options": "nosniff",
    }
    if status == 405:
        headers["Allow"] = "GET, POST"
    body = b"" if environ["REQUEST_METHOD"] == "HEAD" else json.dumps(answer).encode()
    return body, status, headers


def answer_to(environ, signed_in):
    if environ["REQUEST_METHOD"] not in ("GET", "POST"):
        return 405, {"error": "method-not-allowed"}
    if not asked_by_own_page(environ):
        return 403, {"error": "foreign-origin"}
    try:
        who = signed_in(environ)
        if not who:
            return 401, {"error": "signed-out"}
        contact = find_contact(str(who))  # str: a model may keep its GUID as a UUID
        if contact is None:
            return 403, {"error": "no-contact"}
        return 200, {"token": sign(claims(contact))}
    except Exception as error:
        # Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
        log.error("Live Assist token: %s", error if isinstance(error, Failed) else type(error).__name__)
        return 500, {"error": "failed"}


class Failed(Exception):
    """Its message says what went wrong and holds no secret."""


def asked_by_own_page(environ):
    """A page of another site must never get a token. Who sends neither header is no page: a phone, a server."""
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in ("same-origin", "none")
    origin = environ.get("HTTP_ORIGIN")
    host = environ.get("HTTP_HOST", "")
    return origin is None or origin in (f"https://{host}", f"http://{host}")


def find_contact(who):
    """The active contact in Dynamics with this GUID or e-mail address."""
    by_id = GUID.fullmatch(who) is not None
    column = "contactid" if by_id else "emailaddress1"
    value = who if by_id else "'" + who.replace("'", "''") + "'"  # OData doubles a quote within text.
    query = urlencode(
        {
            "$select": "contactid,firstname,lastname,emailaddress1",
            "$filter": f"{column} eq {value} and statecode eq 0",
        },
        quote_via=quote,
    )
    request = Request(f"{dynamics_url()}/api/data/v9.2/contacts?{query}")
    request.add_header("Authorization", f"Bearer {access_token()}")
    rows = ask("Dynamics", request).get("value")
    if not isinstance(rows, list):
        raise Failed("Dynamics answered no list of contacts. Is DYNAMICS_URL right?")
    # Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z (as lower() is for bytes).
    same = [row for row in rows if (row.get(column) or "").encode().lower() == who.encode().lower()]
    if len(same) > 1:
        raise Failed("Two active contacts have one e-mail address. Merge them in Dynamics.")
    return same[0] if same else None


def access_token():
    """Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid."""
    fields = {
        "grant_type": "client_credentials",
        "client_id": setting("DYNAMICS_CLIENT_ID"),
        "client_secret": setting("DYNAMICS_CLIENT_SECRET"),
        "scope": f"{dynamics_url()}/.default",
    }
    request = Request(address("DYNAMICS_TOKEN_URL"), data=urlencode(fields).encode())
    token = ask("DYNAMICS_TOKEN_URL", request).get("access_token")
    if not token:
        raise Failed("DYNAMICS_TOKEN_URL answered no access token. Is the address right?")
    return token


class NoRedirects(HTTPRedirectHandler):
    """A redirect would carry the access token elsewhere."""

    def redirect_request(self, *args):
        return None


def ask(who, request):
    """One request, three seconds for each wait."""
    request.add_header("Accept", "application/json")
    try:
        with build_opener(NoRedirects).open(request, timeout=3) as response:
            answer = json.load(response)
    except HTTPError as error:
        why = (
            "Those are too many requests: try again later, or keep the access token while it is valid."
            if error.code == 429
            else "Are the settings right, and may the application user read contacts?"
        )
        raise Failed(f"{who} answered {error.code}. {why}") from None
    except (OSError, HTTPException):
        raise Failed(f"{who} could not be reached. Is the address right?") from None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Failed(f"{who} answered no JSON object. Is the address right?")
    return answer


def claims(contact):
    if not GUID.fullmatch(contact.get("contactid") or ""):
        raise Failed("Dynamics answered a contactid that is no GUID. Is DYNAMICS_URL right?")
    now = int(time.time())
    found = {
        "sub": contact["contactid"].lower(),
        "given_name": contact.get("firstname"),
        "family_name": contact.get("lastname"),
        "iss": setting("LIVE_ASSIST_ISSUER"),
        "iat": now,
        "exp": now + LIFETIME,
    }
    return {name: claim for name, claim in found.items() if claim not in (None, "")}


def sign(payload):
    """RS256, the only algorithm that Live Assist takes."""
    file = Path(setting("LIVE_ASSIST_PRIVATE_KEY_FILE"))
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, TypeError, ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise Failed(
            "LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key. "
            "Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?"
        )
    if key.key_size < 2048:
        raise Failed(f"LIVE_ASSIST_PRIVATE_KEY_FILE holds a key of {key.key_size} bits. Make a pair of 2048 bits.")
    return jwt.encode(payload, key, algorithm="RS256")


def dynamics_url():
    return address("DYNAMICS_URL").rstrip("/")


def address(name):
    """Client secret and access token travel there: https, but for a server on this machine."""
    if not re.fullmatch(r"(https://|http://127\.0\.0\.1:)[\w.:/-]+", setting(name), re.ASCII):
        raise Failed(
            f"{name} is not written like its example. "
            "Does it begin with https://, and is nothing like <tenant id> left in it?"
        )
    return setting(name)


def setting(name):
    if not os.environ.get(name):
        raise Failed(f"{name} is not set. The head of live_assist_token.py says what it is.")
    return os.environ[name]


if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    with make_server("127.0.0.1", int(os.environ.get("PORT", "8000")), application) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        server.serve_forever()
