"""Choosing several applications in a list, to do the same with all of them."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action.registry import bulk_action_registry


class ChoiceColumn(BulkActionsCheckboxColumn):
    """A checkbox for each row, which works without a script as well."""

    cell_template_name = "intake/cells/choose.html"


class ChoosesSeveral:
    """Adds checkboxes to a list for who may change what it lists; for the others it stays as is."""

    @cached_property
    def may_choose(self):
        """Whether the user may do something with what they choose."""
        return self.user_has_permission("change")

    @cached_property
    def columns(self):
        """The columns of the list, the checkbox first."""
        column = ChoiceColumn("choose", obj_type="application")
        return [column, *super().columns] if self.may_choose else super().columns

    @property
    def bulk_actions(self):
        """What can be done with those chosen: label and address, for a page without scripts."""
        opts = self.model._meta
        actions = bulk_action_registry.get_bulk_actions_for_model(opts.app_label, opts.model_name)
        for action in sorted(actions, key=lambda action: action.action_priority):
            address = [opts.app_label, opts.model_name, action.action_type]
            url = reverse("wagtail_bulk_action", args=address)
            yield {"label": action.display_name, "url": url}
