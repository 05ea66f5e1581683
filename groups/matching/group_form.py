"""What staff fill in about a group they form."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from linksite.intake.fields import as_key
from network.models import Initiator

from ..initiators import InitiatorsField
from ..models import GroupOfferPage, OfferTopic, SelfHelpGroup
from .criteria import Wanted
from .pool import ANY

#: Nobody plans further ahead: it must be the wrong year.
FURTHEST = timedelta(days=2 * 365)


def check_ahead(at: datetime) -> None:
    """Raise `ValidationError` for a time that has passed, or is too far ahead."""
    if at <= timezone.now():
        raise forms.ValidationError(_("That time has passed. Choose a later one."))
    if at > timezone.now() + FURTHEST:
        raise forms.ValidationError(_("That is more than two years ahead. Check the year."))


class NewGroupForm(WagtailAdminModelForm):
    offer = forms.ModelChoiceField(
        queryset=GroupOfferPage.objects.defer_streamfields(),
        required=False,
        widget=forms.HiddenInput,
    )
    start_up_at = forms.DateTimeField(
        label=gettext_lazy("Start-up meeting"),
        required=False,
        help_text=gettext_lazy(
            "If you already know it. Anyone who accepts is asked whether the time suits them."
        ),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    initiators = InitiatorsField(
        label=gettext_lazy("Initiators"),
        required=False,
        help_text=gettext_lazy("One, or preferably two."),
    )

    class Meta:
        model = SelfHelpGroup
        fields = [
            "name",
            "offer",
            "topic",
            "area",
            "place",
            "venue",
            "meets",
            "least",
            "most",
        ]

    def __init__(self, *args, sees_initiators, **kwargs):
        super().__init__(*args, **kwargs)
        if not sees_initiators:
            del self.fields["initiators"]

    def flag_open_themes(self) -> None:
        """Mark the initiators whose own open theme is the topic chosen."""
        if "initiators" in self.fields:
            active = Initiator.objects.active()
            self.fields["initiators"].offer(active, self._topics_shown())

    def _topics_shown(self):
        """Return the keys of the topics that the form shows, valid or not."""
        topic, offer = (as_key(self[name].value()) for name in ("topic", "offer"))
        topics = {topic} if topic else set()
        of_offer = OfferTopic.objects.filter(page=offer).values_list("topic", flat=True)
        return topics.union(of_offer) if offer else topics

    def clean_start_up_at(self):
        at = self.cleaned_data["start_up_at"]
        if at:
            check_ahead(at)
        return at

    def _post_clean(self):
        # Not editable on the model, because groups.actions plan the meeting along with it.
        self.instance.start_up_at = self.cleaned_data.get("start_up_at")
        super()._post_clean()

    @property
    def chosen_initiators(self):
        """Those chosen, in a valid form; None if the user may not see initiators."""
        return self.cleaned_data.get("initiators")


def proposal(wanted: Wanted) -> dict:
    """Return the initial values of the form, from the criteria or their offer."""
    topic = wanted.topic if wanted.topic != ANY else None
    area = wanted.area if wanted.area != ANY else None
    if wanted.offer:
        return _like(wanted.offer)
    return {
        "name": ", ".join(str(part) for part in (topic, area) if part),
        "topic": topic,
        "area": area,
    }


def _like(offer):
    same = ["area", "place", "venue", "least", "most"]
    return {
        **{name: getattr(offer, name) for name in same},
        "name": offer.title[: SelfHelpGroup._meta.get_field("name").max_length],
        "offer": offer,
        "topic": next(iter(offer.topics), None),
        "meets": _meets(offer),
    }


def _meets(offer):
    hours = "–".join(f"{at:%H.%M}" for at in (offer.starts_at, offer.ends_at) if at)
    return " ".join(filter(None, [offer.get_weekday_display(), hours]))
