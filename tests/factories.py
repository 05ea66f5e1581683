"""Factories for everything a test may need. Pages need a `parent`; see the `centre` fixture."""

from datetime import date, datetime, time, timedelta

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Site

from groups.models import (
    Area,
    GroupApplication,
    GroupIndexPage,
    GroupOfferPage,
    OfferKind,
    OfferTopic,
    SelfHelpGroup,
    Topic,
)
from home.models import (
    ArticleIndexPage,
    ArticlePage,
    ArticleTopic,
    HomePage,
    SignupPage,
    StandardPage,
)
from linksite.content.models import Place
from linksite.intake.statuses import ClosingReason, Status
from network.models import (
    Cooperation,
    Initiator,
    NetworkApplication,
    NetworkIndexPage,
    NetworkMeetingPage,
    Nominee,
    Organisation,
    OrganisationKind,
    Training,
)


def days(count: int) -> date:
    """Return the date `count` days from today."""
    return timezone.localdate() + timedelta(days=count)


def moment(count: int, hour: int = 10) -> datetime:
    """Return `hour` o'clock, local time, `count` days from today."""
    return timezone.make_aware(datetime.combine(days(count), time(hour)))


def root_collection():
    """Return the collection that holds all files, which a flushed database has lost."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


class TopicFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Tema {n}")
    name_nn = factory.LazyAttribute(lambda topic: f"{topic.name} (nynorsk)")
    name_en = factory.LazyAttribute(lambda topic: f"{topic.name} (English)")
    slug = factory.Sequence(lambda n: f"tema-{n}")

    class Meta:
        model = Topic


class AreaFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Bydel {n}")
    slug = factory.Sequence(lambda n: f"bydel-{n}")

    class Meta:
        model = Area


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Frisklivssentral {n}")
    kind = OrganisationKind.HEALTHY_LIFE_CENTRE
    cooperation = [Cooperation.AFTER_COURSES]

    class Meta:
        model = Organisation


class PictureFactory(wagtail_factories.ImageFactory):
    title = factory.Sequence(lambda n: f"Bilde {n}")
    file = factory.django.ImageField(width=1600, height=1000, color="darkcyan")
    collection = factory.LazyFunction(root_collection)


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = factory.Sequence(lambda n: f"Hefte {n}")
    file = factory.django.FileField(filename="hefte.pdf", data=b"%PDF-1.7 a booklet")
    collection = factory.LazyFunction(root_collection)


class BasePageFactory(wagtail_factories.PageFactory):
    lead = "Et par setninger om hva siden handler om."

    class Meta:
        abstract = True


class HomePageFactory(BasePageFactory):
    title = "Senteret"
    slug = factory.Sequence(lambda n: f"senteret-{n}")

    class Meta:
        model = HomePage


class StandardPageFactory(BasePageFactory):
    title = factory.Sequence(lambda n: f"Side {n}")

    class Meta:
        model = StandardPage


class SignupPageFactory(BasePageFactory):
    title = "Meld deg på"
    slug = "pamelding"
    group_consent = "Jeg samtykker til at senteret leser det jeg skriver."
    network_consent = "Jeg samtykker til at senteret tar kontakt om nettverket."
    under_age = "<p>Ring Kors på halsen.</p>"
    group_next = "<p>Vi ringer deg.</p>"
    network_next = "<p>Vi sender program.</p>"

    class Meta:
        model = SignupPage


class ArticleIndexPageFactory(BasePageFactory):
    title = "Artikler"

    class Meta:
        model = ArticleIndexPage


class ArticlePageFactory(BasePageFactory):
    """An article; `topics=[…]` sets its topics, and the first one made is the oldest."""

    title = factory.Sequence(lambda n: f"Artikkel {n}")
    byline = "Redaksjonen"
    first_published_at = factory.Sequence(lambda n: moment(-400) + timedelta(hours=n))
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        model = ArticlePage
        skip_postgeneration_save = True

    @factory.post_generation
    def topics(self, create, topics):
        for topic in topics or []:
            ArticleTopic.objects.create(page=self, topic=topic)


class GroupIndexPageFactory(BasePageFactory):
    title = "Grupper"

    class Meta:
        model = GroupIndexPage


class GroupOfferPageFactory(BasePageFactory):
    """An offer with eight free places that starts in a month; `topics=[…]` sets its topics."""

    title = factory.Sequence(lambda n: f"Gruppe {n}")
    venue = "Storgata 1"
    weekday = 1
    starts_at = time(18)
    ends_at = time(20)
    starts_on = factory.LazyFunction(lambda: days(30))

    class Meta:
        model = GroupOfferPage
        skip_postgeneration_save = True

    class Params:
        after_course = factory.Trait(
            kind=OfferKind.AFTER_COURSE,
            course="Kurs i mestring",
            provider=factory.SubFactory(OrganisationFactory),
        )
        digital = factory.Trait(place=Place.VIDEO, venue="")
        full = factory.Trait(taken_beforehand=8)
        closed = factory.Trait(apply_by=factory.LazyFunction(lambda: days(-1)))
        undated = factory.Trait(starts_on=None)

    @factory.post_generation
    def topics(self, create, topics):
        for topic in topics or []:
            OfferTopic.objects.create(page=self, topic=topic)


class NetworkIndexPageFactory(BasePageFactory):
    title = "Nettverket"

    class Meta:
        model = NetworkIndexPage


class NetworkMeetingPageFactory(BasePageFactory):
    """A meeting in three weeks with thirty places."""

    title = factory.Sequence(lambda n: f"Nettverkssamling {n}")
    starts_at = factory.LazyFunction(lambda: moment(21))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=5))
    venue = "Storgata 1"
    capacity = 30

    class Meta:
        model = NetworkMeetingPage

    class Params:
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: moment(-21)))
        full = factory.Trait(capacity=0)
        late = factory.Trait(sign_up_by=factory.LazyFunction(lambda: days(-1)))


class UserFactory(DjangoModelFactory):
    """Somebody who logs in; `role=…` is one of `home.roles`."""

    username = factory.Sequence(lambda n: f"ansatt{n}")
    first_name = factory.Sequence(lambda n: f"Ansatt{n}")
    last_name = "Fjell"

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    @factory.post_generation
    def role(self, create, role):
        if role:
            self.groups.add(Group.objects.get(name=role))


class ApplicationFactory(DjangoModelFactory):
    """Somebody who signed up an hour ago; the traits say how far it has come."""

    site = factory.LazyFunction(lambda: Site.objects.get(is_default_site=True))
    name = factory.Sequence(lambda n: f"Deltaker {n}")
    email = factory.Sequence(lambda n: f"deltaker{n}@example.org")
    phone = "+4741234567"
    language = "nb"
    message = "Ring helst etter klokka fire."
    consent_text = "Jeg samtykker."
    consented_at = factory.SelfAttribute("submitted_at")
    submitted_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))

    class Meta:
        abstract = True

    class Params:
        contacted = factory.Trait(status=Status.CONTACTED)
        placed = factory.Trait(status=Status.PLACED)
        closed = factory.Trait(
            status=Status.CLOSED,
            closing_reason=ClosingReason.WITHDREW,
            closed_at=factory.LazyFunction(timezone.now),
        )
        overdue = factory.Trait(
            submitted_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=9))
        )


class GroupApplicationFactory(ApplicationFactory):
    """A person who asks for a group; `topics=[…]` sets topics."""

    class Meta:
        model = GroupApplication
        skip_postgeneration_save = True

    class Params:
        waiting = factory.Trait(status=Status.WAITING)
        proposed = factory.Trait(status=Status.PROPOSED)

    @factory.post_generation
    def topics(self, create, topics):
        self.topics.set(topics or [])


class SelfHelpGroupFactory(DjangoModelFactory):
    """A group that is forming, in a room, without anybody yet."""

    site = factory.LazyFunction(lambda: Site.objects.get(is_default_site=True))
    name = factory.Sequence(lambda n: f"Torsdager {n}")
    venue = "Storgata 1"
    meets = "Torsdager fra 18 til 20"

    class Meta:
        model = SelfHelpGroup


class InitiatorFactory(DjangoModelFactory):
    """Somebody trained who can lead one group at a time."""

    name = factory.Sequence(lambda n: f"Igangsetter {n}")
    email = factory.Sequence(lambda n: f"igangsetter{n}@example.org")
    training = Training.TRAINED

    class Meta:
        model = Initiator


class NetworkApplicationFactory(ApplicationFactory):
    """A contact person who signs up for the network; `people=3` nominates three."""

    organisation = "Frivilligsentralen"

    class Meta:
        model = NetworkApplication
        skip_postgeneration_save = True

    @factory.post_generation
    def people(self, create, people):
        for number in range(people or 0):
            Nominee.objects.create(application=self, name=f"Igangsetter {number}")
