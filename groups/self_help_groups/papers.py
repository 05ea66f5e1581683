"""What is taken along to a meeting: two papers, and the dates for a calendar."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from linksite.intake.centre import centre_of
from linksite.intake.permissions import may

from ..models import GroupApplication, SelfHelpGroup
from . import calendar


class OfGroup(PermissionCheckedMixin):
    """A view of one group, for users who may change it."""

    permission_required = "change"
    model = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        visible = SelfHelpGroup.objects.visible_to(request.user).select_related("site")
        self.group = get_object_or_404(visible, pk=kwargs["pk"])


class PaperView(OfGroup, TemplateView):
    """A page to print, without the admin around it. There is none for a group out of sight."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.group.shows_names:
            raise Http404
        language = request.GET.get("language")
        known = language in dict(settings.LANGUAGES)
        self.language = language if known else settings.LANGUAGE_CODE

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "group": self.group,
            "centre": centre_of(self.group.site),
            "language": self.language,
            "languages": settings.LANGUAGES,
        }


class StatementView(PaperView):
    """The confidentiality statement (taushetserklæring). No names are on it until they sign."""

    template_name = "groups/self_help_groups/print/statement.html"

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "words": f"groups/self_help_groups/print/statement_{self.language}.html",
            "lines": range(self.group.most),
        }


class ParticipantsView(PaperView):
    """Whom initiators can call: first name, number, and whether a message is safe.

    No surname, address or topic: a sheet left in a room should not identify anybody.
    """

    template_name = "groups/self_help_groups/print/participants.html"

    def get(self, request, *args, **kwargs):
        """Require permission to see the queue, where the names are from, and log the printing."""
        if not may(request.user, "view", GroupApplication):
            raise PermissionDenied
        log(self.group, "groups.print", user=request.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        visible = GroupApplication.objects.visible_to(self.request.user)
        members = self.group.placements.members().filter(application__in=visible)
        upcoming = self.group.meetings.filter(held=None, at__gte=timezone.now())
        return {
            **super().get_context_data(**kwargs),
            "participants": first_names(members.people()),
            "meeting": upcoming.first(),
        }


def first_names(applications) -> list[tuple]:
    """Return pairs of first name and application, by name.

    Those who share a first name get the initial of their last name.
    """
    names = [application.name.split() or ["–"] for application in applications]
    firsts = [name[0].casefold() for name in names]
    shown = [
        f"{name[0]} {name[-1][0]}." if len(name) > 1 and firsts.count(first) > 1 else name[0]
        for name, first in zip(names, firsts, strict=True)
    ]
    return sorted(zip(shown, applications, strict=True), key=lambda one: one[0].casefold())


class CalendarView(OfGroup, View):
    """All meetings for the initiators' calendars."""

    def get(self, request, *args, **kwargs):
        content = calendar.meetings(self.group, translation.get_language())
        headers = {"Content-Disposition": f'attachment; filename="{calendar.FILENAME}"'}
        return HttpResponse(content, content_type=calendar.CONTENT_TYPE, headers=headers)
