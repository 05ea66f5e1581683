"""Rows for the people somebody signs up, as many on the public form as on the form of staff."""

from django.forms.utils import ErrorDict

#: Rows on an empty form, rows added on demand, people in one application.
LEAST, MORE, MOST = 5, 5, 50


class Redrawable:
    """A form that can be shown as it was sent, without saying what is wrong with it yet.

    Stands before the form's own class: `class NomineeForm(Redrawable, forms.Form)`.
    """

    #: Set for somebody who has not pressed send but asked for more room.
    unfinished = False

    def full_clean(self):
        """Find what is wrong, unless nobody asked."""
        if self.unfinished:
            self._errors = ErrorDict()
        else:
            super().full_clean()
