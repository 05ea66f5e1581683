"""How many signups one address may send in an hour.

Counted in the database, by a keyed hash of the address: a cache may be lost, or be one for each
process. Wide enough for a course of twenty who sign up over one network at the last session.
"""

import ipaddress
import re
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Attempt

WINDOW = timedelta(hours=1)
#: Signups in that time, without and with a passed robot check.
LIMITS = {False: 40, True: 120}


def admit(request: HttpRequest, *, verified: bool) -> bool:
    """Count this signup, and return whether its address may send it now.

    A refused one is not counted, so that waiting helps. Where the address is unknown, everybody is
    admitted: better a robot too many than a person lost.
    """
    address = client_address(request)
    if not address:
        return True
    since = timezone.now() - WINDOW
    Attempt.objects.filter(at__lte=since).delete()
    # Saved before it is counted: of two at the same time, each sees the other.
    attempt = Attempt.objects.create(key=_key(address, verified))
    if Attempt.objects.filter(key=attempt.key, at__gt=since).count() <= LIMITS[verified]:
        return True
    attempt.delete()
    return False


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, or "" if unknown; for IPv6 the network (/64)."""
    address = client_ip(request)
    if address is None:
        return ""
    network = ipaddress.ip_network(address)
    return address if network.version == 4 else str(network.supernet(new_prefix=64))


def client_ip(request: HttpRequest) -> str | None:
    """Return the visitor's IP address, or None if unknown.

    Behind `TRUSTED_PROXIES` proxies it is the entry that the outermost of them wrote; what is left
    of it in `X-Forwarded-For` the visitor may have made up.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.TRUSTED_PROXIES and forwarded != [""]:
        if said := _ip(forwarded[-settings.TRUSTED_PROXIES :][0]):
            return said
    return _ip(request.META.get("REMOTE_ADDR", ""))


def _ip(text):
    """Return an address, also one that a proxy has written with a port (RFC 7239, 6)."""
    text = re.sub(r"^\[(.*)\](:\d+)?$", r"\1", text.strip().strip('"'))
    text = re.sub(r"^([\d.]+):\d+$", r"\1", text)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def _key(address, verified):
    return salted_hmac("intake.throttle", f"{verified} {address}", algorithm="sha256").hexdigest()
