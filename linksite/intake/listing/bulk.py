"""Doing the same with several applications at once, chosen in the list of a queue.

Wagtail's bulk actions, with one difference: the page first says what will happen to whom and what
will not, and why. Then each application is changed in a transaction of its own, so that one that
cannot be changed stops nobody else, and nobody waits for two hundred.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from ..actions import ChangeNotAllowed, StaleApplication
from ..fields import as_key
from ..models import Application
from ..permissions import may
from ..queue import queues

#: More than this is no day's work, and no address a browser can send.
MOST = 200


@dataclass(frozen=True)
class Line:
    """What will happen to one application, from `old` to `new`, or why it will not."""

    application: Application
    old: str = ""
    new: str = ""
    refusal: str = ""

    @property
    def seen(self) -> str:
        """The application and its version, as the page sends them back."""
        return f"{self.application.pk}:{self.application.version}"


class ChoiceForm(forms.Form):
    """What is to happen to all of them. A subclass adds its fields."""

    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, **kwargs)
        self.model = model


class QueueBulkAction(BulkAction):
    """The base of all of them; works for each queue unless a subclass names its `models`."""

    template_name = "intake/listing/bulk/confirm.html"
    form_class = ChoiceForm
    icon = "tasks"

    @classproperty
    def models(cls):
        return [queue.model for queue in queues()]

    def __init__(self, request, model):
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = reverse(model.queue.listing)

    # What a subclass says

    def plan(self, applications: list, choice: dict) -> Iterator[Line]:
        """Yield a line for each application, in the order in which they are changed."""
        raise NotImplementedError

    def change(self, application, choice: dict, version: int) -> None:
        """Change one application. Raise what the action's verb raises."""
        raise NotImplementedError

    def may_use(self) -> bool:
        """Whether the user may do this at all."""
        return may(self.request.user, "change", self.model)

    # The page

    def dispatch(self, request, *args, **kwargs):
        if not self.may_use():
            raise PermissionDenied
        if not self.chosen:
            messages.warning(request, gettext("Choose applications in the list first."))
            return HttpResponseRedirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        lines = list(self.plan(self.chosen, form.cleaned_data))
        done = [(line, self._change_or_say_why_not(line, form.cleaned_data)) for line in lines]
        self._tell([(line, why) for line, why in done if why], len(lines))
        return HttpResponseRedirect(self.next_url)

    def _change_or_say_why_not(self, line, choice):
        """Return an empty text when it was changed, otherwise the reason why not."""
        if line.refusal:
            return line.refusal
        version = self.versions[line.application.pk]
        try:
            if line.application.version != version:
                raise StaleApplication
            self.change(line.application, choice, version)
        except StaleApplication:
            return gettext("changed in the meantime")
        except ChangeNotAllowed as error:
            return str(error)
        return ""

    def _tell(self, refused, total):
        done = total - len(refused)
        if done:
            text = ngettext("Done for one application.", "Done for %(count)d applications.", done)
            messages.success(self.request, text % {"count": done})
        if refused:
            why = " ".join(f"{line.application}: {why.rstrip('.')}." for line, why in refused)
            text = gettext("Not done for %(count)d. %(why)s")
            messages.warning(self.request, text % {"count": len(refused), "why": why})

    # What was chosen

    @cached_property
    def versions(self) -> dict[int, int]:
        """The version that the user saw of each application, by its key; only on POST."""
        pairs = [seen.split(":") for seen in self.request.POST.getlist("seen")]
        return {as_key(pair[0]): as_key(pair[1]) for pair in pairs if len(pair) == 2}

    @cached_property
    def chosen(self) -> list[Application]:
        """The chosen applications that the user may see."""
        if self.request.method == "POST":
            keys = [*self.versions]
        else:
            keys = [as_key(pk) for pk in self.request.GET.getlist("id")]
        visible = self.model.objects.visible_to(self.request.user)
        chosen = visible.filter(pk__in=keys[:MOST]).select_related("assigned_to", "site")
        return list(self.in_order(chosen))

    def in_order(self, chosen):
        """Return the applications in the order in which they are changed: the list's."""
        return chosen.newest_first()

    # What it shows

    def get_form_kwargs(self):
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        asked = any(name in data for name in self.form_class.base_fields)
        return {"model": self.model, "data": data if asked else None}

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        lines = list(self.plan(self.chosen, form.cleaned_data)) if form.is_valid() else []
        return {
            "form": form,
            "action": self,
            "applications": self.chosen,
            "doable": [line for line in lines if not line.refusal],
            "refused": [line for line in lines if line.refusal],
            "cautions": self.cautions(form.cleaned_data) if form.is_valid() else [],
            "planned": form.is_valid(),
            "left_out": len(self.request.GET.getlist("id")) > MOST,
            "most": MOST,
            "next": self.next_url,
        }

    def cautions(self, choice: dict) -> list[str]:
        """Return warnings to read before it is done."""
        return []
