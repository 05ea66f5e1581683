from wagtail import hooks

from linksite.intake.pages.viewset import ApplicationViewSet

from .filters import EveningFilters
from .models import EveningApplication


class EveningViewSet(ApplicationViewSet):
    model = EveningApplication
    name = "evening_applications"
    url_prefix = "evenings/applications"
    menu_label = "Evening queue"
    filterset_class = EveningFilters
    entry_fields = ["town"]
    inspect_view_fields = ["town"]


@hooks.register("register_admin_viewset")
def register_viewset():
    return EveningViewSet()
