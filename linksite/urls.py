"""The addresses of the site: the only module that may know all apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_urlpatterns
from wagtail.views import serve

from groups import urls as groups_urls
from home import urls as home_urls
from linksite import admin_scripts
from linksite.intake import site_history

urlpatterns = [
    # Before Wagtail's own, which know only their own translations.
    path("admin/jsi18n/", admin_scripts.texts),
    path("admin/localize/jsi18n/", admin_scripts.texts),
    # Before Wagtail's, which would ask for each assignee again.
    path("admin/reports/site-history/", include(site_history)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path("", include(home_urls)),
    path("", include(groups_urls)),
    *[pattern for pattern in wagtail_urlpatterns if pattern.name != "wagtail_serve"],
    # A public page carries no authority to forge: the only one that takes a POST is the signup
    # page, which checks for itself where the form came from. So visitors need no cookie, and
    # those who refuse cookies are not turned away.
    re_path(serve_pattern, csrf_exempt(serve), name="wagtail_serve"),
)
