"""What a centre says about itself on every page, and how it wants to work."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Site

from linksite.contact_details import EmailModelField
from linksite.content.multilingual import in_language
from linksite.intake.centre import Centre

#: What somebody may search for who should first see whom to call, in three languages.
CRISIS_WORDS = (
    "selvmord, sjølvmord, ta livet, vil dø, orker ikke mer, orkar ikkje meir, selvskad, sjølvskad, "
    "overdose, voldtekt, valdtekt, overgrep, vold, vald, krise, akutt, nødnummer, naudnummer, "
    "suicid, kill myself, want to die, end my life, self-harm, rape, abuse, violence, crisis, "
    "emergency"
)


class EmergencyNumberBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("Number"), max_length=20)
    name = blocks.CharBlock(label=_("Name (bokmål)"), max_length=80)
    name_nn = blocks.CharBlock(label=_("Name (nynorsk)"), max_length=80, required=False)
    name_en = blocks.CharBlock(label=_("Name (English)"), max_length=80, required=False)

    class Meta:
        icon = "warning"
        label = _("Emergency number")


class MinimumAge(models.IntegerChoices):
    """The age from which a centre takes people into groups."""

    THIRTEEN = 13, _("13 years")
    SIXTEEN = 16, _("16 years")
    EIGHTEEN = 18, _("18 years")


@register_setting(icon="home")
class CentreSettings(BaseSiteSetting):
    """The centre: who it is, how to reach it, its emergency numbers, and whom it takes in."""

    name = models.CharField(_("name of the centre"), max_length=100, default="LINK")
    address = models.CharField(_("visiting address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = EmailModelField(_("email"), blank=True)
    hours = models.CharField(_("opening hours (bokmål)"), max_length=200, blank=True)
    hours_nn = models.CharField(_("opening hours (nynorsk)"), max_length=200, blank=True)
    hours_en = models.CharField(_("opening hours (English)"), max_length=200, blank=True)
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    privacy_contact = EmailModelField(_("email for questions about privacy"), blank=True)

    emergency_numbers = StreamField(
        [("number", EmergencyNumberBlock())], blank=True, verbose_name=_("emergency numbers")
    )
    emergency_checked_on = models.DateField(
        _("numbers last checked"),
        null=True,
        blank=True,
        help_text=_("Call or look each number up at least once a year."),
    )

    synonyms = models.TextField(
        _("words that mean the same"),
        blank=True,
        help_text=_(
            "One group of words per line, separated by commas, such as “anxiety, worry, panic”. "
            "A search for one of them finds pages with the others too."
        ),
    )
    crisis_words = models.TextField(
        _("words of somebody in need"),
        blank=True,
        default=CRISIS_WORDS,
        help_text=_(
            "Separated by commas. Whoever searches for one sees the emergency numbers first."
        ),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"), choices=MinimumAge, default=MinimumAge.EIGHTEEN
    )
    notify_groups = EmailModelField(
        _("notify about new group applications"),
        blank=True,
        help_text=_("Gets an email with the reference only, never a name."),
    )
    notify_network = EmailModelField(_("notify about new network applications"), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                    MultiFieldPanel(
                        [FieldPanel("hours"), FieldPanel("hours_nn"), FieldPanel("hours_en")],
                        heading=_("Opening hours"),
                    ),
                    MultiFieldPanel(
                        [
                            PageChooserPanel("privacy_page"),
                            PageChooserPanel("accessibility_page"),
                            FieldPanel("privacy_contact"),
                        ],
                        heading=_("Privacy and accessibility"),
                    ),
                ],
                heading=_("The centre"),
            ),
            ObjectList(
                [FieldPanel("emergency_numbers"), FieldPanel("emergency_checked_on")],
                heading=_("Emergency numbers"),
            ),
            ObjectList([FieldPanel("synonyms"), FieldPanel("crisis_words")], heading=_("Search")),
            ObjectList(
                [
                    FieldPanel("minimum_age"),
                    FieldRowPanel([FieldPanel("notify_groups"), FieldPanel("notify_network")]),
                ],
                heading=_("Signing up"),
            ),
        ]
    )
    select_related = ["privacy_page", "accessibility_page"]

    class Meta:
        verbose_name = _("centre")

    def __str__(self):
        return self.name

    @property
    def opening_hours(self) -> str:
        return in_language(self, "hours")

    @property
    def emergency(self) -> list[dict]:
        """Each emergency number with its `name` in the active language."""
        numbers = [block.value for block in self.emergency_numbers]
        return [{"number": n["number"], "name": in_language(n, "name")} for n in numbers]


def at_site(site: Site) -> Centre:
    """Return what the queues and their mails know of the centre at `site`."""
    centre = CentreSettings.for_site(site)
    return Centre(
        name=centre.name,
        phone=centre.phone,
        email=centre.email,
        minimum_age=centre.minimum_age,
    )
