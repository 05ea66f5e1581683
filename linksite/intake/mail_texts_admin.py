"""The words of the mails, in the Settings menu: which there are, and a page for each."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .models import MailText
from .permissions import may
from .views.mail_texts import MailTextListView, MailTextView


class MailTextMenuItem(MenuItem):
    """The way to the mail templates, for who may change them."""

    def is_shown(self, request):
        """Whether the user may change them."""
        return may(request.user, "change", MailText)


class MailTextViewSet(ViewSet):
    """Every mail whose words can be changed, in each language. No snippet: nothing chooses it."""

    name = "mail_texts"
    url_prefix = "mail-templates"
    icon = menu_icon = "mail"
    menu_label = _("Mail templates")
    menu_item_class = MailTextMenuItem
    add_to_settings_menu = True

    def get_common_view_kwargs(self, **kwargs):
        """Tell the pages where each of them is."""
        return super().get_common_view_kwargs(
            index_url_name=self.get_url_name("index"),
            edit_url_name=self.get_url_name("edit"),
            header_icon=self.icon,
            **kwargs,
        )

    def get_urlpatterns(self):
        """Give the list and a page for each mail in each language."""
        edit = self.construct_view(MailTextView)
        return [
            path("", self.construct_view(MailTextListView), name="index"),
            path("<slug:kind>/<slug:language>/", edit, name="edit"),
        ]
