"""How an editor fills in a group offer."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail_localize.fields import SynchronizedField

#: The panels beyond those that every page has.
OFFER_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("course"), FieldPanel("provider")]),
            MultipleChooserPanel(
                "offer_topics",
                chooser_field_name="topic",
                label=_("Topic"),
                heading=_("Topics"),
            ),
        ],
        heading=_("What kind of group"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("place"), FieldPanel("area")]),
            FieldPanel("venue"),
            FieldRowPanel([FieldPanel("weekday"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        ],
        heading=_("Where and when"),
    ),
    MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "The page shows automatically whether it is open for signup, full or "
                    "closed, based on the dates and places here and on how many people have a "
                    "place."
                )
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("apply_by")]),
            FieldRowPanel(
                [FieldPanel("least"), FieldPanel("most"), FieldPanel("taken_beforehand")]
            ),
        ],
        heading=_("Start and places"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("youngest"), FieldPanel("oldest")]),
            FieldPanel("spoken_language"),
        ],
        heading=_("Who it is for"),
    ),
    FieldPanel("body"),
]
#: Dates, places and kinds are the same in every language.
SAME_IN_ALL_LANGUAGES = [
    SynchronizedField(name, overridable=False)
    for name in [
        "kind",
        "provider",
        "area",
        "place",
        "weekday",
        "starts_at",
        "ends_at",
        "starts_on",
        "apply_by",
        "least",
        "most",
        "taken_beforehand",
        "youngest",
        "oldest",
        "offer_topics",
    ]
]
