"""What staff can send from a group's page. Each form calls one verb of `groups.actions`."""

from .facts import FactsForm, InitiatorsForm
from .life import AnswerForm, EndForm, HandOverForm, StartForm, StartUpForm
from .meetings import AddMeetingForm, MoveMeetingForm, NoteMeetingForm, RemoveMeetingForm

#: The forms of a group's page by the name each is sent with.
GROUP_FORMS = {
    "facts": FactsForm,
    "initiators": InitiatorsForm,
    "start_up": StartUpForm,
    "start": StartForm,
    "hand_over": HandOverForm,
    "end": EndForm,
    "answer": AnswerForm,
    "add_meeting": AddMeetingForm,
    "move_meeting": MoveMeetingForm,
    "remove_meeting": RemoveMeetingForm,
    "note_meeting": NoteMeetingForm,
}
