"""The texts of the admin's scripts, in bokmål also where Wagtail has none."""

from django.conf import settings
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class _Catalogue(JavaScriptCatalog):
    def get_paths(self, packages):
        """Add our translations after those of the packages, so that ours win."""
        return [*super().get_paths(packages), *settings.LOCALE_PATHS]


_texts = _Catalogue.as_view(packages=["wagtail.admin", "wagtail_localize"])


def texts(request):
    """Return the texts in the language that the user has chosen for the admin."""
    return get_localized_response(_texts, request)
