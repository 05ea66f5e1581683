"""Introductory conversations, and the people for whom another service fits better."""

from groups.actions import conversation, signposting
from linksite.intake.statuses import ClosingReason, Status
from network.models import Organisation

from .case_work import CaseWork
from .data import read


class GroupCaseWork(CaseWork):
    """What the group coordinator does with one application."""

    def _move(self, moment, status, state):
        if status == Status.CONVERSATION:
            said = self.random.choice(read("queues")["conversations"])
            self.change(moment, conversation.hold, said)
        elif status == Status.CLOSED and state == ClosingReason.REFERRED_ON:
            partner = Organisation.objects.filter(shown=True).last()
            self.change(moment, signposting.signpost, partner, consents=True)
        else:
            super()._move(moment, status, state)
