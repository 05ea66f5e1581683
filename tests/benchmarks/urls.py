"""The site, and beside it a bare Django view that serves the same bytes from memory."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from groups.models import Area
from linksite.urls import urlpatterns as site_urlpatterns


@cache
def stored(name):
    """Return the bytes that the measuring script left under this name."""
    return (Path(settings.MEDIA_ROOT) / "bare" / name).read_bytes()


@csrf_exempt
def bare(request, name):
    """Serve stored bytes; a POST makes one insert and redirects, as the barest signup would."""
    if request.method == "POST":
        Area(name=request.POST["name"], slug=request.POST["slug"]).save(force_insert=True)
        return HttpResponseRedirect(request.path)
    return HttpResponse(stored(name))


urlpatterns = [path("bare/<str:name>", bare), *site_urlpatterns]
