"""The organisations the centre works with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from linksite.content.choices import ChoiceListField

from .. import organisation_numbers


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    VOLUNTEER_CENTRE = "volunteer_centre", _("Volunteer centre (Frivilligsentral)")
    HEALTHY_LIFE_CENTRE = "healthy_life_centre", _("Healthy life centre (Frisklivssentral)")
    LEARNING_CENTRE = "learning_centre", _("Learning and mastery centre (LMS)")
    MENTAL_HEALTH = "mental_health", _("Mental health service (RPH, DPS)")
    FAMILY_OFFICE = "family_office", _("Family counselling office")
    NAV = "nav", _("NAV")
    ASSOCIATION = "association", _("Patient or next-of-kin association")
    SELF_HELP = "self_help", _("LINK centre or Selvhjelp Norge")
    OTHER = "other", _("Other")


class Cooperation(models.TextChoices):
    """The five forms of cooperation between a centre and its partners."""

    INFORMATION = "information", _("We tell people about each other's services")
    SPECIFIC_GROUPS = "specific_groups", _("Groups for people with the same experience")
    AFTER_COURSES = "after_courses", _("Groups after courses")
    STARTING_GROUPS = "starting_groups", _("Help with starting groups in our organisation")
    GUIDANCE = "guidance", _("Guidance and a network for initiators")


class Organisation(index.Indexed, models.Model):
    """A partner organisation: no person's data, so it may be chosen and shown anywhere."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=OrganisationKind)
    number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[organisation_numbers.validate],
    )
    cooperation = ChoiceListField(_("forms of cooperation"), choices=Cooperation, blank=True)
    website = models.URLField(_("website"), blank=True)
    shown = models.BooleanField(
        _("show on the site"),
        default=False,
        help_text=_("Listed as a partner on the network page."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldPanel("cooperation"),
        MultiFieldPanel([FieldPanel("website"), FieldPanel("shown")], _("On the site")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")

    def __str__(self):
        return self.name
