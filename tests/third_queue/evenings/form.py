from home.signup.forms.base import CONSENT, REACH, Section, SignupForm
from home.signup.forms.fields import LineField

from .models import EveningApplication


class EveningForm(SignupForm):
    model = EveningApplication
    sections = [Section("You", ["name", "town"]), REACH, CONSENT]
    town = LineField(label="Town", room=60, required=False)

    def values(self):
        return {"town": self.cleaned_data["town"]}
