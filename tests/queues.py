"""The two queues as staff use them: their addresses, and a browser logged in with a role."""

from django.test import Client
from wagtail.users.models import UserProfile

from tests import factories as make

GROUP_QUEUE = "/admin/groups/applications/"
NETWORK_QUEUE = "/admin/network/applications/"


def page_of(application) -> str:
    """Return the address of an application's page."""
    return f"/admin/{application._meta.app_label}/applications/inspect/{application.pk}/"


def logged_in(role: str = "", **fields) -> Client:
    """Return a client for a new user with `role`, who reads English; `client.user` is that user."""
    client = Client()
    client.user = make.UserFactory(role=role, **fields)
    UserProfile.objects.create(user=client.user, preferred_language="en")
    client.force_login(client.user)
    return client


def content(response) -> str:
    """Return the text of a response, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def act(client, application, action, version=None, **data):
    """Send one of the forms of an application's page."""
    data |= {"action": action, "version": version or application.version}
    return client.post(page_of(application), data)
