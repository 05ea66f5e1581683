"""The front page and the plain pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from groups.models import GroupIndexPage, GroupOfferPage
from linksite.content.blocks import BODY_BLOCKS, WayInBlock
from linksite.content.models import BasePage, EditorialPage
from network.models import NetworkIndexPage, NetworkMeetingPage

from .articles import ArticleIndexPage, ArticlePage


class HomePage(BasePage):
    """The front page: what the centre is, three ways in, what comes next."""

    ways_in = StreamField(
        [("way_in", WayInBlock())],
        min_num=1,
        max_num=4,
        verbose_name=_("ways in"),
        help_text=_("One for each kind of visitor."),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "home.ArticleIndexPage",
        "home.SignupPage",
        "groups.GroupIndexPage",
        "network.NetworkIndexPage",
    ]
    template = "home/home_page.html"
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.content_panels, FieldPanel("ways_in"), FieldPanel("body")]
    page_description = _("The front page of a centre.")

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request, *args, **kwargs):
        """Add what comes next: `offers`, `articles` and the `meeting`, with their list pages."""
        return {
            **super().get_context(request, *args, **kwargs),
            "offers": self.next_offers(),
            "articles": ArticlePage.objects.descendant_of(self).live().newest_first()[:3],
            "meeting": self.next_meeting(),
            "group_index": GroupIndexPage.objects.child_of(self).live().first(),
            "article_index": ArticleIndexPage.objects.child_of(self).live().first(),
            "network_index": NetworkIndexPage.objects.child_of(self).live().first(),
        }

    def next_offers(self, count=4):
        """Give the offers that start next and still take applications."""
        offers = GroupOfferPage.objects.descendant_of(self).live().with_places().not_closed()
        return offers.select_related("area", "provider").next_first()[:count]

    def next_meeting(self):
        """Give the next network meeting, or None."""
        meetings = NetworkMeetingPage.objects.descendant_of(self).live()
        return meetings.with_places().upcoming().first()


class StandardPage(EditorialPage):
    """A page of text: what a group is, for professionals, privacy, accessibility."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = _("A page of text, such as what a group is.")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
