"""Where a form was sent from."""

from urllib.parse import urlsplit

from django.conf import settings


def came_from_here(request) -> bool:
    """Tell whether a POST comes from a page of ours, as far as the browser says.

    `Sec-Fetch-Site` decides where it is sent, otherwise `Origin`, otherwise `Referer`. Who sends
    none of them, or hides it (`null`), is let in: a signup carries no authority to forge
    (linksite/urls.py).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source in {None, "null"} or _host(source) in _our_hosts(request)


def _our_hosts(request):
    trusted = (_host(origin) for origin in settings.CSRF_TRUSTED_ORIGINS)
    return {_host(f"//{request.get_host()}"), *trusted}


def _host(address):
    try:
        return urlsplit(address).hostname
    except ValueError:
        return ""
