"""Articles and their list."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from groups.models import RowsWithTopic, Topic, each_topic_once, names_of
from linksite.content.models import BasePage, EditorialPage
from linksite.content.pictures import with_card_pictures


class ArticleIndexPage(BasePage):
    """The list of articles, newest first, optionally by topic."""

    per_page = 12

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ArticlePage"]
    max_count_per_parent = 1
    template = "home/article_index_page.html"
    page_description = _("The list of all articles.")

    class Meta:
        verbose_name = _("list of articles")

    def get_context(self, request, *args, **kwargs):
        articles = ArticlePage.objects.child_of(self).live().public().newest_first()
        topics = Topic.objects.filter(articles__page__in=articles).distinct()
        topic = next((t for t in topics if t.slug == request.GET.get("topic")), None)
        articles = articles.about([topic]) if topic else articles
        articles = Paginator(articles, self.per_page).get_page(request.GET.get("page"))
        articles.object_list = with_card_pictures(articles.object_list)
        return {
            **super().get_context(request, *args, **kwargs),
            "topics": topics,
            "topic": topic,
            "articles": articles,
        }


class ArticleQuerySet(PageQuerySet):
    def newest_first(self):
        """Return them in the order of every list of articles."""
        return self.order_by(models.F("first_published_at").desc(nulls_last=True), "-pk")

    def about(self, topics):
        """Return those with at least one of `topics`."""
        return self.filter(article_topics__topic__in=topics).distinct()


class ArticlePage(EditorialPage):
    """An article: text, pictures, quotes, facts, with byline and topics."""

    byline = models.CharField(
        _("byline"),
        max_length=120,
        blank=True,
        help_text=_("Who wrote the article, as it should appear on the page."),
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    parent_page_types = ["home.ArticleIndexPage"]
    subpage_types = []
    template = "home/article_page.html"
    search_fields = [*EditorialPage.search_fields, index.SearchField("byline")]
    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("byline"),
                MultipleChooserPanel(
                    "article_topics",
                    chooser_field_name="topic",
                    label=_("Topic"),
                    heading=_("Topics"),
                ),
            ],
            heading=_("About the article"),
        ),
    ]
    # A name stays a name, and what an article is about is the same in every language.
    override_translatable_fields = [
        SynchronizedField("byline", overridable=False),
        SynchronizedField("article_topics", overridable=False),
    ]
    page_description = _("News, experiences and knowledge about self-help.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def save(self, *args, **kwargs):
        each_topic_once(self.article_topics)
        super().save(*args, **kwargs)

    @cached_property
    def topics(self):
        """The article's topics, in the editor's order."""
        return [row.topic for row in self.article_topics.all()]

    def search_terms(self):
        return names_of(row.topic for row in self.article_topics.all())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "related": with_card_pictures(self.related())}

    def related(self):
        """Return up to three other public articles in this language, same topics first."""
        same = models.Q(article_topics__topic__in=self.topics)
        shared = models.Count("article_topics", filter=same)
        others = ArticlePage.objects.live().public().filter(locale=self.locale)
        others = others.exclude(pk=self.pk)
        return others.annotate(shared=shared).order_by("-shared", "-first_published_at")[:3]


class ArticleTopic(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="articles"
    )

    objects = RowsWithTopic()
