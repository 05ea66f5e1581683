"""The one signup page; the form and what happens to it are in `home.signup`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from linksite.content.blocks import RICH_TEXT_FEATURES
from linksite.content.models import BasePage

from ..signup import views


class SignupPage(RoutablePageMixin, BasePage):
    """The page with the signup form for groups and for the network, and its receipt."""

    group_consent = models.TextField(
        _("consent text, group"),
        max_length=1500,
        help_text=_(
            "What the person agrees to: who reads it, what it is used for and for how long. "
            "Each application keeps the wording the person agreed to."
        ),
    )
    network_consent = models.TextField(_("consent text, network"), max_length=1500)
    under_age = RichTextField(
        _("for people under the age limit"),
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown instead of the receipt. Nothing is stored. Who can they turn to?"),
    )
    group_next = RichTextField(
        _("what happens next, group"),
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown on the receipt."),
    )
    network_next = RichTextField(_("what happens next, network"), features=RICH_TEXT_FEATURES)

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "home/signup/page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                HelpPanel(_("Explicit consent, in plain words (GDPR art. 9 (2) a and art. 13).")),
                FieldPanel("group_consent"),
                FieldPanel("network_consent"),
            ],
            heading=_("Consent"),
        ),
        MultiFieldPanel(
            [FieldPanel("group_next"), FieldPanel("network_next")], heading=_("Receipt")
        ),
        FieldPanel("under_age"),
    ]
    page_description = _("The form where people sign up.")

    class Meta:
        verbose_name = _("signup page")

    @path("")
    def form(self, request):
        return views.signup(self, request)

    @path("receipt/<str:token>/")
    def receipt(self, request, token):
        return views.receipt(self, request, token)
