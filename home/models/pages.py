"""The front page and the plain pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from groups.models import GroupOfferPage
from linksite.content.blocks import BODY_BLOCKS, WayInBlock
from linksite.content.models import BasePage, EditorialPage
from linksite.content.pictures import with_card_pictures
from network.models import NetworkMeetingPage

from .articles import ArticlePage


class HomePage(BasePage):
    """The front page: what the centre is, three ways in, what comes next."""

    ways_in = StreamField(
        [("way_in", WayInBlock())],
        min_num=1,
        max_num=4,
        verbose_name=_("starting points"),
        help_text=_("One for each group of visitors."),
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
        offers = GroupOfferPage.objects.descendant_of(self).live().public()
        offers = offers.with_places().not_closed().next_first()
        articles = ArticlePage.objects.descendant_of(self).live().public().newest_first()
        meetings = NetworkMeetingPage.objects.descendant_of(self).live().public()
        return {
            **super().get_context(request, *args, **kwargs),
            "offers": offers.select_related("area").prefetch_related("offer_topics")[:4],
            "articles": with_card_pictures(articles[:3]),
            "meeting": meetings.with_places().upcoming().first(),
        }

    def route(self, request, path_components):
        """Find the page of an address below in one query, not level by level."""
        if path_components:
            address = "/".join([self.url_path.rstrip("/"), *path_components, ""])
            # Slugs are indexed, whole addresses are not.
            page = Page.objects.filter(slug=path_components[-1], url_path=address).first()
            if page:
                return page.specific.route(request, [])
        return super().route(request, path_components)


class StandardPage(EditorialPage):
    """A page of text: what a group is, for professionals, privacy, accessibility."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = _("A text page, for example about what a group is.")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
