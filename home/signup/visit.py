"""One visit to the signup page: what to show, whether to accept, what to save.

Nothing typed is lost: if something is wrong, the form comes back as it was and says what to do.
"""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from linksite.intake import actions, throttle

from ..centre import CentreSettings
from . import captcha, tokens
from .routing import asked_for, open_queues
from .targets import Target
from .traps import AGAIN, came_from_here

TOO_MANY = _(
    "A very large number of signups have come from your network in the last hour. What you "
    "wrote is still here. Try again in an hour, or call us and we will do it on the phone."
)


class Signup:
    """A visit for one queue. `answer()` returns the response."""

    #: Set when the visitor's network has sent too many signups.
    too_many = False

    def __init__(self, page, request, queue):
        self.page = page
        self.request = request
        self.queue, self.way = queue, queue.way
        self.centre = CentreSettings.for_request(request)
        self.asked = asked_for(request.GET)
        self.sent = request.POST if request.method == "POST" else None

    def answer(self):
        """Return the form, the page for people who are too young, or the way to the receipt."""
        if self.sent is None or self.form.unfinished:
            return self.show("home/signup/page.html")
        if self.form.is_under_age:
            return self.show("home/signup/under_age.html")
        if application := self._receive():
            return self._to_receipt(application)
        response = self.show("home/signup/page.html")
        response.status_code = 429 if self.too_many else 200
        return response

    @cached_property
    def form(self):
        """The form of this queue: as sent, or as the address fills it in."""
        return self.way.form_class(
            self.sent,
            initial=self.way.form_class.prefilled(self.asked),
            target=self.target,
            consent_text=getattr(self.page, self.way.consent),
            page_language=self.page.locale.language_code,
            minimum_age=self.centre.minimum_age,
        )

    @cached_property
    def target(self):
        """What they came for, as it is now."""
        source = self.asked if self.sent is None else self.sent
        name = source.get(self.way.form_class.target_name, "").strip()
        find = self.way.form_class.find_target
        return find(name, self.page, self.request) if name else Target()

    # Saving

    def _receive(self):
        """Return the saved application, or None if something is wrong."""
        if self.form.is_valid() and not came_from_here(self.request):
            self.form.add_error(None, AGAIN)
        if not self.form.is_valid():
            return None
        sent_before = self.queue.model.objects.filter(submission_key=self.form.submission_key)
        return sent_before.first() or self._save()

    def _save(self):
        # Ask Google before the transaction, so that a slow answer holds no lock.
        verified = self.form.verify()
        if not self.form.is_valid():
            return None
        if not throttle.admit(self.request, verified=verified):
            self.form.add_error(None, TOO_MANY)
            self.too_many = True
            return None
        return actions.receive(
            self.form.application(site=Site.find_for_request(self.request), verified=verified),
            notify=getattr(self.centre, self.way.notify),
            save_related=self.form.save_related,
        )

    def _to_receipt(self, application):
        token = tokens.receipt_token(application.reference)
        address = self.page.get_url(self.request) + self.page.reverse_subpage("receipt", (token,))
        return HttpResponseRedirect(address, status=303)

    # Showing

    def _address(self):
        """Return the form's own address, so that a reload or another language finds it again."""
        query = {"interest": self.way.interest, self.way.form_class.target_name: self.target.slug}
        return "?" + urlencode({name: value for name, value in query.items() if value})

    def show(self, template):
        context = {
            "form": self.form,
            "way": self.way,
            "others": [queue.way for queue in open_queues() if queue is not self.queue],
            "target": self.form.target,
            "address": self._address(),
            "problems": list(self.form.problems()) if self.form.is_bound else [],
        }
        response = self.page.render(self.request, context_overrides=context, template=template)
        if captcha.is_on():
            response._csp_update = captcha.POLICY
        return response
