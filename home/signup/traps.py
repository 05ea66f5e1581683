"""Tells people from robots, on every form, without a puzzle and without JavaScript.

None of it costs a signup: each trap says what to do, keeps all that was typed, and lets a person
pass the next time.
"""

import json
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from network.queue.people import Redrawable

from . import captcha, tokens


def came_from_here(request) -> bool:
    """Return whether a POST comes from one of our pages, as far as the browser says.

    `Sec-Fetch-Site` decides if it is sent, otherwise `Origin`, otherwise `Referer`. A browser that
    sends none of them, or hides it (`null`), is let in: a signup carries no authority to forge
    (linksite/urls.py).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source in {None, "null"} or _host(source) in _our_hosts(request)


def _our_hosts(request):
    trusted = (_host(origin) for origin in settings.CSRF_TRUSTED_ORIGINS)
    return {_host(f"//{request.get_host()}"), *trusted}


def _host(address):
    try:
        return urlsplit(address).hostname
    except ValueError:
        return ""


AGAIN = _("We could not be sure that this came from you. Press send again.")


class TrappedForm(Redrawable, forms.Form):
    """A form that knows when it was opened, with a field to be left empty and a robot check."""

    #: Not part of what somebody asks for.
    traps = ["form_token", "remarks", "captcha", captcha.ANSWER]

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
    remarks = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data=None, *, consent_text, **kwargs):
        super().__init__(data, **kwargs)
        self.consent_text = consent_text
        if captcha.is_on():
            self.fields["captcha"] = captcha.RobotCheckField(label=_("Robot check"))

    @cached_property
    def opened(self):
        """The opening of the form this was sent from; None if it is too old or forged."""
        return tokens.read_form_token(self.data.get("form_token", ""))

    @property
    def token(self) -> str:
        """The token to send the form with: its own while it is valid, otherwise a new one."""
        if self.opened and self.opened.shows(self.consent_text):
            return self.data["form_token"]
        return tokens.form_token(self.consent_text)

    @property
    def submission_key(self) -> str:
        """A key that is the same when the same answers are sent again from the same form."""
        names = [name for name in sorted(self.data) if name not in self.traps]
        sent = [(name, self.data.getlist(name)) for name in names]
        words = json.dumps([self.opened.nonce, sent])
        return salted_hmac("home.signup", words, algorithm="sha256").hexdigest()

    def spring_traps(self):
        """Add a friendly error for what a robot does, and sometimes a browser."""
        if self.cleaned_data["remarks"]:
            self.data["remarks"] = ""
            self.add_error("remarks", _("Leave this field empty, and press send again."))
        elif self.opened is None:
            self.add_error(None, _("The form has been open for a long time. Press send again."))
        elif not self.opened.shows(self.consent_text):
            self.data.pop("consent", None)
            self.add_error(
                "consent", _("The consent text has changed. Read it and tick the box again.")
            )
        elif self.opened.too_fast:
            self.add_error(None, AGAIN)

    def verify(self) -> bool:
        """Return whether the robot check was passed; add an error if it was failed.

        It asks Google, so call it once, when everything else is in order.
        """
        if "captcha" not in self.fields:
            return False
        try:
            return self.fields["captcha"].passed(self.cleaned_data["captcha"])
        except forms.ValidationError as error:
            self.add_error("captcha", error)
            return False
