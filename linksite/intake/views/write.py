"""The page where a mail to somebody is looked through and sent."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import mail
from ..forms import WriteForm
from ..mail_kinds import KINDS
from .one import ApplicationFormView


class WriteView(ApplicationFormView):
    """One of the mails that staff send by hand, filled in, in the applicant's language."""

    form_class = WriteForm
    template_name = "intake/write.html"
    page_title = _("Write a mail")
    submit_label = _("Send")

    @cached_property
    def kind(self):
        """The kind of mail; 404 for one that is not sent by hand."""
        kind = KINDS.get(self.kwargs["kind"])
        if kind is None or not kind.by_hand:
            raise Http404
        return kind

    @cached_property
    def written(self):
        """Subject and text as they would be sent."""
        return mail.written(self.object, self.kind.name)

    def get_initial(self):
        """Give the text to begin with."""
        return {"body": self.written[1]}

    def get_form_kwargs(self):
        """Tell the form which mail it is."""
        return {**super().get_form_kwargs(), "kind": self.kind.name}

    def get_context_data(self, **kwargs):
        """Add the `kind` and the `subject`."""
        return {
            **super().get_context_data(**kwargs),
            "kind": self.kind,
            "subject": self.written[0],
        }
