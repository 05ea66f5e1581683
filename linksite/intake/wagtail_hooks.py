"""Registers what happens to applications in Wagtail's audit log."""

from wagtail import hooks

from . import history


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)
