"""The page to put contact details right."""

from django.utils.translation import gettext_lazy as _

from ..forms import CorrectForm
from .one import ApplicationFormView


class CorrectView(ApplicationFormView):
    """The contact details of one application, to be put right."""

    form_class = CorrectForm
    page_title = _("Correct contact details")
    submit_label = _("Save")
