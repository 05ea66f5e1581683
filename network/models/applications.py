"""The queue of people and organisations who want to join the network for initiators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linksite.contact_details import EmailModelField, PhoneModelField
from linksite.content.choices import ChoiceListField
from linksite.folded import FoldedField
from linksite.intake.models import Application, Mail, Note

from .. import organisation_numbers
from .organisations import Cooperation, Organisation, OrganisationKind


class NetworkApplication(Application):
    """A contact person who signs themselves or others up for the network."""

    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[organisation_numbers.validate],
    )
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=24, choices=OrganisationKind, blank=True
    )
    partner = models.ForeignKey(
        Organisation,
        verbose_name=_("partner organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )
    folded = FoldedField(of=["name", "organisation", "organisation_number"])
    cooperation = ChoiceListField(_("forms of cooperation"), choices=Cooperation, blank=True)
    meeting = models.ForeignKey(
        "network.NetworkMeetingPage",
        verbose_name=_("network meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )

    class Meta(Application.Meta):
        verbose_name = _("network application")
        verbose_name_plural = _("network applications")
        permissions = [("export_networkapplication", _("Can export network applications"))]


class Nominee(models.Model):
    """Somebody an organisation signs up for the network."""

    application = models.ForeignKey(
        NetworkApplication, on_delete=models.CASCADE, related_name="people"
    )
    name = models.CharField(_("name"), max_length=200)
    email = EmailModelField(_("email"), blank=True)
    phone = PhoneModelField(_("phone"), blank=True)
    role = models.CharField(_("role"), max_length=100, blank=True)
    folded = FoldedField(of=["name"])

    class Meta:
        ordering = ["pk"]
        # Seen and changed with the application, so no permissions of its own.
        default_permissions = []
        verbose_name = _("person signed up")
        verbose_name_plural = _("people signed up")

    def __str__(self):
        return f"{self.application} #{self.pk}"


class NetworkNote(Note):
    application = models.ForeignKey(
        NetworkApplication, on_delete=models.CASCADE, related_name="notes"
    )

    class Meta(Note.Meta):
        default_permissions = []


class NetworkMail(Mail):
    application = models.ForeignKey(
        NetworkApplication, on_delete=models.CASCADE, related_name="mails"
    )

    class Meta(Mail.Meta):
        default_permissions = []
