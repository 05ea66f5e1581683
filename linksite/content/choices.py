"""A model field for several choices of a fixed list."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class ChoiceListField(models.JSONField):
    """A list of values from `choices`, edited as checkboxes and stored as JSON.

    For short fixed lists (evenings, forms of cooperation), where a table would only add a query to
    every page. Migrations do not know the choices, so a new choice needs none.
    """

    def __init__(self, *args, choices=(), **kwargs):
        self.allowed = list(getattr(choices, "choices", choices))
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        values = {choice for choice, _label in self.allowed}
        if not isinstance(value, list) or not values.issuperset(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.allowed,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, value):
        """Return the labels of a stored list, in the order of the choices."""
        return [label for choice, label in self.allowed if choice in (value or [])]
