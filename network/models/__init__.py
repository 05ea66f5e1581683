from .applications import NetworkApplication, NetworkMail, NetworkNote, Nominee
from .initiators import Initiator, Training
from .organisations import Cooperation, Organisation, OrganisationKind
from .pages import NetworkIndexPage, NetworkMeetingPage
