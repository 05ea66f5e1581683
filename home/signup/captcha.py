"""Google's robot check: off unless both keys are set, and never the reason a signup is lost.

django-recaptcha as it comes turns an unreachable Google into an error page, sends Google the
visitor's address and spends a single-use token each time a form is validated.
"""

import json
import logging
from http.client import HTTPException
from urllib.parse import urlencode

from csp.constants import SELF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_recaptcha import client
from django_recaptcha.fields import ReCaptchaField
from django_recaptcha.widgets import ReCaptchaV2Checkbox

logger = logging.getLogger(__name__)

#: What Google's script needs, for the page with the check alone.
POLICY = {
    "script-src": [SELF, "https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"],
    "frame-src": ["https://www.google.com/recaptcha/", "https://recaptcha.google.com/recaptcha/"],
    "connect-src": [SELF, "https://www.google.com/recaptcha/"],
}
#: Google's error codes about the centre's keys, not about the visitor.
OUR_MISTAKES = {"missing-input-secret", "invalid-input-secret", "bad-request"}
#: In bytes; more than Google ever answers.
LONGEST_ANSWER = 64 * 1024


def is_on() -> bool:
    """Return whether the check is offered: both keys are set."""
    return bool(settings.RECAPTCHA_PUBLIC_KEY and settings.RECAPTCHA_PRIVATE_KEY)


#: The name Google's script gives the token.
ANSWER = ReCaptchaV2Checkbox.recaptcha_response_name


class RobotCheckField(ReCaptchaField):
    """A check nobody has to take. `clean()` returns the token; only `passed()` asks Google.

    Shown by `components/form/robot_check.html`: the widget's own template runs inline script.
    """

    default_error_messages = {
        "captcha_invalid": _(
            "The robot check did not go through. Try it again, or send without it."
        )
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.required = False

    def validate(self, value):
        """Skip Google: a token can be spent only once, and only when all else is in order."""

    def passed(self, token: str) -> bool:
        """Return whether Google vouches for the visitor; False without a token or an answer.

        Raise `ValidationError` only when Google says no.
        """
        if not token:
            return False
        answer = self._answer(token)
        success, complaints = answer.get("success"), answer.get("error-codes")
        if success is False and not _our_mistake(complaints):
            raise ValidationError(self.error_messages["captcha_invalid"], code="captcha_invalid")
        return success is True

    def _answer(self, token):
        """Return Google's answer, an empty dictionary for none or an unreadable one."""
        params = urlencode({"secret": self.private_key, "response": token}).encode()
        try:
            with client.recaptcha_request(params) as response:
                answer = json.loads(response.read(LONGEST_ANSWER))
        except (OSError, ValueError, HTTPException) as error:
            logger.warning("Robot check: no answer (%s)", type(error).__name__)
            return {}
        return answer if isinstance(answer, dict) else {}


def _our_mistake(complaints):
    mistakes = OUR_MISTAKES.intersection(complaints if isinstance(complaints, list) else [])
    if mistakes:
        logger.error("Robot check: Google refuses our keys (%s)", ", ".join(sorted(mistakes)))
    return bool(mistakes)
