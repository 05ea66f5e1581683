"""The pages of a queue. Every row comes through `visible_to`."""

from .detail import ApplicationDetailView
from .listing import ApplicationIndexView

__all__ = ["ApplicationDetailView", "ApplicationIndexView"]
