"""How a centre wants to work its queues."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

YEAR = 365


def within_days(name, default, **options):
    """Return a field for a number of days from one to a year."""
    validators = [MinValueValidator(1), MaxValueValidator(YEAR)]
    return models.PositiveSmallIntegerField(name, default=default, validators=validators, **options)


@register_setting(icon="clock")
class QueueSettings(BaseGenericSetting):
    """How long people may wait before a queue calls it too long; one for all queues."""

    answer_within_days = within_days(
        _("we get in touch within (working days)"),
        2,
        help_text=_(
            "Shown on the receipt. An application that is still new after this is overdue, "
            "unless a follow-up date is set."
        ),
    )
    step_within_days = within_days(
        _("longest time without a step (days)"),
        14,
        help_text=_(
            "An application with no follow-up date is overdue after this long without a call, note "
            "or change."
        ),
    )
    call_again_after_days = within_days(
        _("call again after (days)"), 2, help_text=_("Set when we could not reach the person.")
    )
    follow_up_after_days = within_days(
        _("follow up after (days)"), 14, help_text=_("Set when we reached the person.")
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("answer_within_days"), FieldPanel("step_within_days")],
            heading=_("When it has been too long"),
        ),
        MultiFieldPanel(
            [FieldPanel("call_again_after_days"), FieldPanel("follow_up_after_days")],
            heading=_("After a call"),
        ),
    ]

    class Meta:
        verbose_name = _("working with the queues")

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls):
        """Return the settings, or the defaults if nobody has changed them."""
        return cls.objects.first() or cls()
