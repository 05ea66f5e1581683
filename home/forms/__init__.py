"""The signup form: one class for each queue, on one base with what everybody is asked."""

from .base import SignupForm
from .fields import tidy
from .group import GroupForm
from .network import NetworkForm

__all__ = ["GroupForm", "NetworkForm", "SignupForm", "tidy"]
