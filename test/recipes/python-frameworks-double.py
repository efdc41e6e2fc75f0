"""A site in Flask or Django whose view is what the head of live_assist_token.py says; prints what it answers."""

import json
import re
import sys
import textwrap

import live_assist_token
from live_assist_token import respond

framework, contact = sys.argv[1:]
lines = re.search(rf" {framework}: (.*(?:\n {{12}}.*)*)", live_assist_token.__doc__)[1]
code = "def view(request):\n" + textwrap.indent(textwrap.dedent(" " * 12 + lines.strip()), "    ")


def flask_site():
    from flask import Flask, request, session

    view = viewed({"session": session})
    app = Flask(__name__)
    app.secret_key = "of the site's sessions"
    app.add_url_rule("/token", endpoint="token", view_func=lambda: view(request), methods=["GET", "POST"])
    client = app.test_client()

    def sign_in():
        with client.session_transaction() as visitor:
            visitor["dynamics_contact_id"] = contact

    return client, sign_in


def django_site():
    import django
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    sessions = "django.contrib.sessions.middleware.SessionMiddleware"
    settings.configure(
        MIDDLEWARE=[sessions, "django.middleware.csrf.CsrfViewMiddleware"],
        ROOT_URLCONF=(path("token", csrf_exempt(viewed({"HttpResponse": HttpResponse}))),),
        SECRET_KEY="of the site's sessions",
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    )
    django.setup()
    client = Client(enforce_csrf_checks=True)

    def sign_in():
        visitor = client.session
        visitor["dynamics_contact_id"] = contact
        visitor.save()
        client.cookies["sessionid"] = visitor.session_key

    return client, sign_in


def viewed(names):
    """The view, made of the head's lines, with what they take from the framework."""
    names.update(respond=respond, __name__=__name__)
    exec(code, names)
    return names["view"]


client, sign_in = {"Flask": flask_site, "Django": django_site}[framework]()
for prepare in (lambda: None, sign_in):
    prepare()
    for method in (client.get, client.post):
        answer = method("/token")
        body = json.loads(answer.get_data() if framework == "Flask" else answer.content)
        print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "body": body}))
