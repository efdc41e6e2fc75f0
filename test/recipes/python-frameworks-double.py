"""A site in Flask or Django whose view is what the head of live_assist_token.py says.

It answers one JSON line with status, headers and body for each JSON line that it reads: { "do": "sign-in", "as": "a" },
{ "do": "sign-out" } or { "do": "ask", "method": "GET" }. All requests come from one browser. After { "do": "end" } the
server has forgotten the browser's session, and the browser has not.
"""

import json
import re
import sys
import textwrap

import live_assist_token
from live_assist_token import PATH, respond

framework = sys.argv[1]
CONTACTS = json.loads(sys.argv[2])  # By the user's name.
code = textwrap.dedent(re.search(rf" {framework}:\n((?:(?: {{7}}.*)?\n)+)", live_assist_token.__doc__)[1])


def flask_site():
    from flask import Flask, session
    from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

    class User(UserMixin):
        def __init__(self, name):
            self.id = name
            self.dynamics_contact_id = CONTACTS[name]

    app = Flask(__name__)
    app.secret_key = "of the site's sessions"
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
    User.dynamics_contact_id = property(lambda user: CONTACTS[user.username])
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
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


client = {"Flask": flask_site, "Django": django_site}[framework]()
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
        if framework == "Flask":
            answer = client.open(at, method=wish["method"], environ_overrides=more)
        else:
            answer = client.generic(wish["method"], at, **more)
    if answer is None:
        print(json.dumps({"status": 0, "headers": {}, "text": ""}), flush=True)
        continue
    text = (answer.get_data() if framework == "Flask" else answer.content).decode()
    print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "text": text}), flush=True)
