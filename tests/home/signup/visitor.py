"""A visitor at the signup page: opens the form, fills it in, sends it, as a browser does."""

from datetime import timedelta

import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

#: As little as may be asked.
LEAST = {"name": "Åse", "phone": "912 34 567", "consent": "on"}


class Visitor:
    """Somebody with a browser. `client` is Django's, `page` the signup page."""

    def __init__(self, client, page):
        self.client = client
        self.page = page

    def open(self, **query):
        """Open the page with these values in the address."""
        return self.client.get(self.page.url, query)

    def fill_in(self, interest="group", opened=None, **data):
        """Return what the browser would send of a form opened with `opened` in the address."""
        response = self.open(interest=interest, **(opened or {}))
        return {**fields(response), **LEAST, **data}

    def send(self, data, *, after=60, **headers):
        """Send the form `after` so many seconds."""
        with time_machine.travel(timezone.now() + timedelta(seconds=after), tick=False):
            return self.client.post(self.page.url, data, headers=headers)

    def sign_up(self, interest="group", **data):
        return self.send(self.fill_in(interest, **data))


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(response):
    return soup(response).find("form", method="post")


def fields(response):
    """Return what a browser would send of the form as shown."""
    sent = {}
    for control in form_of(response).find_all(["input", "select", "textarea"]):
        for value in values(control):
            sent.setdefault(control["name"], []).append(value)
    return sent


def values(control):
    """Return what one control sends."""
    if control.name == "textarea":
        return [control.text.removeprefix("\n")]
    if control.name == "select":
        return [option.get("value", "") for option in control.find_all("option", selected=True)]
    if control.get("type") in {"radio", "checkbox"}:
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [control.get("value", "")]


def problems(response):
    """Return the messages of the error summary, by the id each leads to."""
    summary = soup(response).find(id="errors")
    links = summary.ul.find_all("a") if summary else []
    return {link["href"].removeprefix("#"): link.text.strip() for link in links}
