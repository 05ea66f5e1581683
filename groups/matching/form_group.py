"""The page where people are chosen, for a new group or one that still has room.

The page comes back with the checks, and nothing typed or ticked is lost on the way.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from linksite.intake.actions import ChangeNotAllowed
from linksite.intake.fields import as_key
from linksite.intake.permissions import may
from network.models import Initiator

from ..actions import lifecycle, proposals
from ..models import GroupApplication, SelfHelpGroup
from . import checks
from .candidates import candidates
from .criteria import WantedForm, wanted_for
from .group_form import NewGroupForm, proposal


class ChoosePeopleView(WagtailAdminTemplateMixin, TemplateView):
    """Choose people, describe the group, look at the checks, and form it."""

    template_name = "groups/matching/form_group.html"
    page_title = gettext_lazy("Form a group")
    header_icon = "group"
    #: To form a group; the subclass changes one.
    permission = "add"
    group = None

    def dispatch(self, request, *args, **kwargs):
        sees_people = may(request.user, "view", GroupApplication)
        if not (sees_people and may(request.user, self.permission, SelfHelpGroup)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Form the group once every check has been seen; else show the page as it was sent."""
        do = request.POST.get("do")
        if do not in ("check", "form"):
            return self.get(request, *args, **kwargs)
        if not self.is_complete():
            return self.render_to_response(self.get_context_data(), status=422)
        if do == "form" and self.unseen:
            messages.error(request, _("Nothing was saved: there is something to consider first."))
            return self.render_to_response(self.get_context_data(checked=True), status=422)
        if do == "form" and self.formed():
            return redirect("self_help_groups:inspect", self.group.pk)
        return self.render_to_response(self.get_context_data(checked=True))

    # What was sent

    @cached_property
    def sent(self):
        """What the page was sent with, by POST or GET."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def wanted(self):
        """The criteria: the cell of the board in which people are looked for."""
        prefix = "wanted" if self.request.method == "POST" else None
        return WantedForm(self.sent, prefix=prefix).wanted()

    @cached_property
    def ticked(self):
        """The keys of the people ticked."""
        keys = map(as_key, self.request.POST.getlist("people"))
        return [key for key in keys if key]

    @cached_property
    def candidates(self):
        return candidates(self.request.user, self.wanted, self.ticked, self.group)

    @cached_property
    def gone(self):
        """People ticked who cannot be asked any more, as far as the user may see them."""
        gone = set(self.ticked) - {person.pk for person in self.candidates.people}
        return GroupApplication.objects.visible_to(self.request.user).filter(pk__in=gone)

    @cached_property
    def form(self):
        """The form of the group: as sent, or filled in from the criteria."""
        sees_initiators = may(self.request.user, "view", Initiator)
        if self.request.POST.get("do") in ("check", "form"):
            return NewGroupForm(self.request.POST, sees_initiators=sees_initiators)
        initial = proposal(self.wanted)
        if self.request.method == "POST":
            typed = {name: self.sent.get(name, "") for name in NewGroupForm.base_fields}
            initial = {**typed, "initiators": self.sent.getlist("initiators")}
        return NewGroupForm(initial=initial, sees_initiators=sees_initiators)

    def is_complete(self):
        """Return whether there is enough to go on; if not, tell the user what is missing."""
        if self.form and not self.form.is_valid():
            messages.error(self.request, _("Something is missing below. Nothing was saved."))
        elif self.gone:
            messages.error(self.request, self._who_is_gone())
        elif not self.candidates.chosen:
            messages.error(self.request, _("Choose who to ask."))
        else:
            return True
        return False

    def _who_is_gone(self):
        references = [person.reference for person in self.gone]
        text = ngettext(
            "Since you opened the page, %(references)s has had a place proposed or is no "
            "longer waiting for a group, and is no longer chosen. Nothing was saved.",
            "Since you opened the page, %(references)s have had a place proposed or are no "
            "longer waiting for a group, and are no longer chosen. Nothing was saved.",
            len(references),
        )
        return text % {"references": ", ".join(references)}

    # What speaks against it, and what is done

    @cached_property
    def proposed(self):
        """The group as it would be, unsaved."""
        group = self.form.instance
        group.site = self.candidates.people[0].site
        return group

    @cached_property
    def cautions(self):
        initiators = self.form.chosen_initiators
        return checks.about(self.proposed, self.candidates.people, initiators=initiators)

    @property
    def unseen(self):
        """Checks that block it, or have not been ticked as seen."""
        seen = self.request.POST.getlist("seen")
        return [caution for caution in self.cautions if caution.forbids or caution.key not in seen]

    def formed(self):
        """Return whether it was done; tell the user whom it asked, or why it was not possible."""
        try:
            self.group = self.act()
        except ChangeNotAllowed as error:
            messages.error(self.request, _("%(why)s Nothing was saved.") % {"why": error})
            return False
        count = len(self.candidates.chosen)
        text = ngettext("%(count)d person was asked.", "%(count)d people were asked.", count)
        messages.success(self.request, text % {"count": count})
        return True

    def act(self):
        """Form the group. Raise what the verb raises."""
        initiators = self.form.chosen_initiators or ()
        people = self.candidates.people
        return lifecycle.form(self.proposed, people, initiators, user=self.request.user)

    # The page

    def get_breadcrumbs_items(self):
        board = {"url": reverse("groups_board:index"), "label": _("What could start now")}
        return [*self.breadcrumbs_items, board, {"url": "", "label": self.page_title}]

    def _offer(self):
        """Return the key of the group's offer, also while other people are looked at."""
        return self.form and as_key(self.form["offer"].value())

    def get_context_data(self, checked=False, **kwargs):
        if self.form:
            self.form.flag_open_themes()
        return {
            **super().get_context_data(**kwargs),
            "group": self.group,
            "wanted": self.wanted,
            "wanted_form": WantedForm.showing(self.wanted, self._offer()),
            "form": self.form,
            "candidates": self.candidates,
            "checked": checked,
            "cautions": self.cautions if checked else [],
            "is_forbidden": checked and any(caution.forbids for caution in self.cautions),
            "seen": self.request.POST.getlist("seen"),
            "to_be_seen": self.request.POST.get("do") == "form",
        }


class AddPeopleView(ChoosePeopleView):
    """More people for a group that is forming or ready."""

    page_title = gettext_lazy("Choose people")
    permission = "change"
    form = None

    @cached_property
    def group(self):
        """The group; 404 if it takes nobody in any more."""
        key = as_key(self.request.GET["group"])
        return get_object_or_404(SelfHelpGroup.objects.filling(), pk=key)

    @cached_property
    def wanted(self):
        """Who would fit the group, unless other criteria were chosen."""
        chose_otherwise = self.request.method == "POST" or len(self.request.GET) > 1
        return super().wanted if chose_otherwise else wanted_for(self.group)

    @property
    def proposed(self):
        return self.group

    @cached_property
    def cautions(self):
        """The checks on these people together with those already in the group."""
        members = self.group.placements.holding().people()
        return checks.about(self.group, self.candidates.people, members, initiators=None)

    def act(self):
        """Propose a place to each. Raise what the verb raises; then nobody is asked."""
        return proposals.add(self.group, self.candidates.people, user=self.request.user)


def choose_people(request):
    """Show the page for a new group, or for the one named in the address."""
    view = AddPeopleView if "group" in request.GET else ChoosePeopleView
    return view.as_view()(request)
