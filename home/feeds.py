"""The latest articles as RSS and Atom."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .centre import CentreSettings
from .models import ArticlePage


class RssFeed(Feed):
    """The twenty latest articles of the visited centre, in the language of the address."""

    description = subtitle = _("The latest articles")

    def get_object(self, request):
        return Site.find_for_request(request)

    def title(self, site):
        return CentreSettings.for_site(site).name

    def link(self, site):
        return f"/{get_language()}/"

    def items(self, site):
        articles = ArticlePage.objects.live().public().filter(locale__language_code=get_language())
        trees = [page.path for page in site.root_page.get_translations(inclusive=True)]
        return [a for a in articles.newest_first()[:60] if a.path.startswith(tuple(trees))][:20]

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.lead

    def item_link(self, article):
        return article.full_url

    def item_pubdate(self, article):
        return article.first_published_at

    def item_updateddate(self, article):
        return article.content_updated_at

    def item_author_name(self, article):
        return article.byline


class AtomFeed(RssFeed):
    feed_type = Atom1Feed
