"""How a centre wants to form groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from linksite.intake.models.settings import within_days


@register_setting(icon="group")
class GroupSettings(BaseSiteSetting):
    """How long places are held, what a full offer says, and when names go."""

    reply_within_days = within_days(
        _("a proposed place is held for (days)"),
        5,
        help_text=_("Anyone who has not answered by then stays on the list."),
    )
    show_waiting_list = models.BooleanField(
        _("show how long a full offer's waiting list is"),
        default=False,
        help_text=_("Show it while it is short. A long list only puts people off asking."),
    )
    delete_names_after_days = within_days(
        _("delete members' names and numbers (days after the group is on its own)"), 30
    )

    panels = [
        FieldPanel("reply_within_days"),
        FieldPanel("show_waiting_list"),
        MultiFieldPanel([FieldPanel("delete_names_after_days")], heading=_("A group on its own")),
    ]

    class Meta:
        verbose_name = _("forming groups")

    def __str__(self):
        return str(self._meta.verbose_name)
