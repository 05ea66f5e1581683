"""The pages of a queue. Every row comes through `visible_to`."""

from .correct import CorrectView
from .detail import ApplicationDetailView
from .enter import EnterView
from .listing import ApplicationIndexView
from .merge import MergeView
from .one import ApplicationFormView
from .write import WriteView

__all__ = [
    "ApplicationDetailView",
    "ApplicationFormView",
    "ApplicationIndexView",
    "CorrectView",
    "EnterView",
    "MergeView",
    "WriteView",
]
