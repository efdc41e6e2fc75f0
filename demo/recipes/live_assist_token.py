"""Token endpoint for Live Assist as a WSGI application (Python 3.9 or newer, PyJWT with cryptography).

1. pip install "pyjwt[crypto]". Serve `application` under the path that is the bridge's tokenEndpoint: with mod_wsgi or
   gunicorn; or let a view call respond(request.META) in Django, respond(request.environ) in Flask, and send the headers
   of `application`. To try it: python3 live_assist_token.py
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
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

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
    status, body = respond(environ)
    headers = [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("Vary", "Cookie"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status.startswith("405"):
        headers.append(("Allow", "GET, POST"))
    start_response(status, headers)
    return [json.dumps(body).encode()]


def respond(environ):
    """Status and body of the answer."""
    if environ["REQUEST_METHOD"] not in ("GET", "POST"):
        return "405 Method Not Allowed", {"error": "method-not-allowed"}
    if not asked_by_own_page(environ):
        return "403 Forbidden", {"error": "foreign-origin"}
    try:
        who = visitor(environ)
        if not who:
            return "401 Unauthorized", {"error": "signed-out"}
        contact = find_contact(who)
        if contact is None:
            return "403 Forbidden", {"error": "no-contact"}
        return "200 OK", {"token": sign(claims(contact))}
    except Exception as error:
        # Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
        logging.error("Live Assist token: %s", error if isinstance(error, Failed) else type(error).__name__)
        return "500 Internal Server Error", {"error": "failed"}


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
    # Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z (as lower() is for bytes).
    same = [
        row
        for row in ask("Dynamics", request)["value"]
        if row[column].encode().lower() == who.encode().lower()
    ]
    if len(same) > 1:
        raise Failed("Two active contacts have one e-mail address. Merge them in Dynamics.")
    return same[0] if same else None


def access_token():
    """Not kept: it is needed once for each chat that a visitor begins."""
    fields = {
        "grant_type": "client_credentials",
        "client_id": setting("DYNAMICS_CLIENT_ID"),
        "client_secret": setting("DYNAMICS_CLIENT_SECRET"),
        "scope": f"{dynamics_url()}/.default",
    }
    request = Request(setting("DYNAMICS_TOKEN_URL"), data=urlencode(fields).encode())
    return ask("DYNAMICS_TOKEN_URL", request)["access_token"]


class NoRedirects(HTTPRedirectHandler):
    """A redirect would carry the access token elsewhere."""

    def redirect_request(self, *args):
        return None


def ask(who, request):
    """One request, three seconds for each wait."""
    request.add_header("Accept", "application/json")
    try:
        with build_opener(NoRedirects).open(request, timeout=3) as response:
            return json.load(response)
    except HTTPError as error:
        raise Failed(
            f"{who} answered {error.code}. Are the settings right, and may the application user read contacts?"
        ) from None
    except OSError:
        raise Failed(f"{who} could not be reached. Is the address right?") from None


def claims(contact):
    if not GUID.fullmatch(contact["contactid"]):
        raise Failed("Dynamics answered a contactid that is no GUID.")
    now = int(time.time())
    found = {
        "sub": contact["contactid"].lower(),
        "given_name": contact["firstname"],
        "family_name": contact["lastname"],
        "iss": setting("LIVE_ASSIST_ISSUER"),
        "iat": now,
        "exp": now + LIFETIME,
    }
    return {name: claim for name, claim in found.items() if claim not in (None, "")}


def sign(payload):
    """RS256, the only algorithm that Live Assist takes."""
    try:
        key = Path(setting("LIVE_ASSIST_PRIVATE_KEY_FILE")).read_bytes()
        return jwt.encode(payload, key, algorithm="RS256")
    except (OSError, TypeError, ValueError, jwt.PyJWTError):
        raise Failed("LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key.") from None


def dynamics_url():
    return setting("DYNAMICS_URL").rstrip("/")


def setting(name):
    if not os.environ.get(name):
        raise Failed(f"{name} is not set.")
    return os.environ[name]


if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    with make_server("127.0.0.1", int(os.environ.get("PORT", "8000")), application) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        server.serve_forever()
