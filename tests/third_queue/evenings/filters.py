from linksite.intake.listing.filters import ApplicationFilters

from .models import EveningApplication


class EveningFilters(ApplicationFilters):
    class Meta:
        model = EveningApplication
        fields = [*ApplicationFilters.first, *ApplicationFilters.last]
