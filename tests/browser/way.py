"""The actions of the test of the whole way: at the desk, and on the phones of the twelve."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone, translation

from groups.models import GroupApplication, Placement
from linksite.intake import actions
from tests.queues import page_of

#: These can come on Thursdays; the others only on Mondays.
THURSDAYS, EVERYBODY = range(10), range(12)


def sign_up(site, number, topic, area):
    """Return somebody who has asked for a group."""
    at = timezone.now() - timedelta(minutes=60 - number)
    application = GroupApplication(
        site=site,
        name=f"Deltaker {number}",
        email=f"deltaker{number}@example.org",
        phone=f"+474123450{number % 10}",
        language="nb",
        area=area,
        age_band="45-54",
        availability=["thu" if number in THURSDAYS else "mon"],
        heard_from="gp",
        consent_text="Jeg samtykker.",
        consented_at=at,
        submitted_at=at,
    )
    return actions.receive(application, save_related=lambda one: one.topics.set([topic]))


class Way:
    """What is done at the desk and on the phones, and what the result is."""

    def __init__(self, centre, desk, phone, people):
        self.centre = centre
        self.desk = desk
        self.phone = phone
        self.people = people

    # At the desk

    def open(self, address):
        response = self.desk.goto(self.centre.url + address)
        assert response.status == 200, address

    def figure(self, query):
        """Return the figure of My day that leads to a list with `query` in its address."""
        self.open("/admin/")
        link = self.desk.locator(f"main a[href*='{query}']").first
        return int(re.search(r"\d+", link.inner_text())[0])

    def post(self, address, **data):
        """Send a form of the admin as the page would; it has to be accepted."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.desk.context.cookies()}
        form = {key: str(value) for key, value in data.items()}
        form["csrfmiddlewaretoken"] = cookies["csrftoken"]
        response = self.desk.request.post(self.centre.url + address, form=form, max_redirects=0)
        assert response.status == 302, response.text()

    def timeline(self, person):
        """Return the timeline on somebody's page, newest first, without the mails."""
        self.open(page_of(self.people[person]))
        lines = self.desk.locator(".queue-timeline > li > p:not(.queue-timeline__when)")
        return lines.all_inner_texts()

    def happened(self, person, words):
        """Return how often somebody's page says that."""
        with translation.override("nb"):
            return sum(line.startswith(str(words)) for line in self.timeline(person))

    # On the phones

    def mails(self, person):
        """Return the mails that somebody has received, oldest first."""
        return [one for one in mail.outbox if one.to == [self.people[person].email]]

    def answer(self, person, said):
        """Open the link in somebody's newest mail, and press a button there."""
        self.phone.goto(link_in(self.mails(person)[-1]))
        self.phone.locator(f"button[name=answer][value={said}]").click()

    # The result

    def status(self, person):
        """Return the current status of somebody's application."""
        self.people[person].refresh_from_db()
        return self.people[person].status

    def place(self, person):
        return Placement.objects.get(application=self.people[person])


def link_in(mail):
    """Return the one link in a mail."""
    [link] = re.findall(r"https?://\S+/svar/\S+", mail.body)
    return link
