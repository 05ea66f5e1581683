from .applications import NetworkApplication, NetworkMail, NetworkNote, Nominee
from .organisations import Cooperation, Organisation, OrganisationKind
from .pages import NetworkIndexPage, NetworkMeetingPage

__all__ = [
    "Cooperation",
    "NetworkApplication",
    "NetworkIndexPage",
    "NetworkMail",
    "NetworkMeetingPage",
    "NetworkNote",
    "Nominee",
    "Organisation",
    "OrganisationKind",
]
