"""The people who get groups going."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from linksite.contact_details import EmailModelField, PhoneModelField
from linksite.folded import FoldedField
from linksite.intake.references import new_reference

from .organisations import Organisation


class Training(models.TextChoices):
    """How far somebody's training to start groups (igangsetteropplæring) has come."""

    NONE = "none", _("Not trained yet")
    IN_TRAINING = "in_training", _("In training")
    TRAINED = "trained", _("Trained")


class InitiatorQuerySet(models.QuerySet):
    def active(self):
        return self.filter(active=True)


class Initiator(models.Model):
    """Somebody who starts groups: a former participant, a volunteer, an employee of a service.

    `str()` is the reference: the log keeps it, and a name does not belong there.
    """

    reference = models.CharField(
        _("reference"), max_length=7, unique=True, default=new_reference, editable=False
    )
    name = models.CharField(_("name"), max_length=200)
    email = EmailModelField(_("email"), blank=True)
    phone = PhoneModelField(_("phone"), blank=True)
    folded = FoldedField(of=["name"])
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("partner organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="initiators",
    )
    training = models.CharField(
        _("training"), max_length=12, choices=Training, default=Training.NONE
    )
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    at_most = models.PositiveSmallIntegerField(
        _("maximum groups at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    active = models.BooleanField(_("active"), default=True, help_text=_("Currently starts groups."))

    objects = InitiatorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("initiator")
        verbose_name_plural = _("initiators")

    def __str__(self):
        return self.reference
