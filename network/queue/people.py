"""Rows for the people somebody signs up, the same number on the public form and the staff's."""

from django.forms.utils import ErrorDict

#: Rows on an empty form, rows added on demand, people in one application.
LEAST, MORE, MOST = 5, 5, 50


class Redrawable:
    """A form that can be shown as it was sent, without errors yet.

    Comes before the form's own class: `class NomineeForm(Redrawable, forms.Form)`.
    """

    #: Set for somebody who has not pressed send but asked for more rows.
    unfinished = False

    def full_clean(self):
        """Skip validation of a form that was not sent for good."""
        if self.unfinished:
            self._errors = ErrorDict()
        else:
            super().full_clean()
