"""A site in Flask or Django whose view is what the head of live_assist_token.py says.

It answers one JSON line with status, headers and body for each JSON line that it reads: { "do": "sign-in", "as": "a" },
{ "do": "sign-out" } or { "do": "ask", "method": "GET" }. All requests come from one browser. With "meanwhile": true, the
visitor signs out while the token is on its way. After { "do": "end" } the server has forgotten the browser's session,
and the browser has not.
"""

import json
import re
import sys
import tempfile
import textwrap

import live_assist_token
from live_assist_token import PATH, respond

framework = sys.argv[1]
CONTACTS = json.loads(sys.argv[2])  # By the user's name.
label = framework.removesuffix("-Session")
code = textwrap.dedent(re.search(rf" {label}:\n((?:(?: {{7}}.*)?\n)+)", live_assist_token.__doc__)[1])


meanwhile = None


def contact_of(name):
    """The contact, which is asked for after the session was read."""
    global meanwhile
    if meanwhile:
        sign_out, meanwhile = meanwhile, None
        sign_out()
    return CONTACTS[name]


def flask_site():
    from flask import Flask, session
    from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

    class User(UserMixin):
        dynamics_contact_id = property(lambda user: contact_of(user.id))

        def __init__(self, name):
            self.id = name

    app = Flask(__name__)
    app.secret_key = "of the site's sessions"
    if framework == "Flask-Session":
        from flask_session import Session

        app.config.update(SESSION_TYPE="filesystem", SESSION_FILE_DIR=tempfile.mkdtemp())
        Session(app)
    LoginManager(app).user_loader(User)

    @app.post("/sign-in/<name>")
    def sign_in(name):
        session.permanent = True  # Flask renews it in every answer.
        return str(login_user(User(name)))

    app.add_url_rule("/sign-out", "out", lambda: str(logout_user()), methods=["POST"])
    exec(code, {"app": app, "current_user": current_user, "respond": respond, "PATH": PATH})
    return app.test_client()


def django_site():
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        MIDDLEWARE=[
            # Caches every page of a site, as Django's manual describes it.
            "django.middleware.cache.UpdateCacheMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.cache.FetchFromCacheMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="of the site's sessions",
        ALLOWED_HOSTS=["testserver"],
    )
    django.setup()
    from django.contrib.auth import login, logout
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path, re_path
    from django.views.decorators.csrf import csrf_exempt

    call_command("migrate", verbosity=0)
    User.dynamics_contact_id = property(lambda user: contact_of(user.username))
    for name in CONTACTS:
        User.objects.create_user(name)
    names = {"__name__": __name__, "csrf_exempt": csrf_exempt, "HttpResponse": HttpResponse, "respond": respond}
    exec(code, names)

    @csrf_exempt
    def sign_in(request, name):
        login(request, User.objects.get(username=name))
        return HttpResponse()

    @csrf_exempt
    def sign_out(request):
        logout(request)
        return HttpResponse()

    global urlpatterns
    urlpatterns = [
        # As a site may write it: it matches more than PATH.
        re_path(f"^{PATH[1:]}", names["live_assist_token"]),
        path("sign-in/<name>", sign_in),
        path("sign-out", sign_out),
    ]
    return Client(enforce_csrf_checks=True)


def end_session():
    if framework == "Flask":
        client.application.secret_key = "another one"
        return
    if framework == "Flask-Session":
        client.application.session_interface.cache.clear()
        return
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


client = django_site() if framework == "Django" else flask_site()
for line in sys.stdin:
    wish = json.loads(line)
    if wish["do"] == "sign-in":
        answer = client.post(f"/sign-in/{wish['as']}")
    elif wish["do"] == "sign-out":
        answer = client.post("/sign-out")
    elif wish["do"] == "end":
        end_session()
        answer = None
    else:
        at = wish.get("at", PATH)
        # What a server passes on that decodes and tidies the path, beside the path as it was sent.
        more = {"PATH_INFO": wish["read"], "REQUEST_URI": wish["sent"]} if "sent" in wish else {}
        if "meanwhile" in wish:
            meanwhile = lambda: client.post("/sign-out")
        if framework != "Django":
            answer = client.open(at, method=wish["method"], environ_overrides=more)
        else:
            answer = client.generic(wish["method"], at, **more)
    if answer is None:
        print(json.dumps({"status": 0, "headers": {}, "text": ""}), flush=True)
        continue
    text = (answer.content if framework == "Django" else answer.get_data()).decode()
    print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "text": text}), flush=True)
