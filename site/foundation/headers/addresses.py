"""The address of whoever is asking, believed only as far as our own proxies vouch for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104  (an answer, not an address to listen on)


def _is_ours(address: str) -> bool:
    if not address:
        return "unix" in settings.TRUSTED_PROXIES
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in ipaddress.ip_network(known) for known in settings.TRUSTED_PROXIES if known != "unix")


def client_address(request: HttpRequest) -> str:
    """The client's address: the nearest one in X-Forwarded-For that is not a proxy of ours.

    `TRUSTED_PROXIES` lists the proxies (addresses, networks, or "unix" for a socket). From anybody else the header
    is a claim, and is not read. The address is used at once and never kept.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if not _is_ours(address):
        return address or NOWHERE
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        candidate = hop.strip()
        try:
            ipaddress.ip_address(candidate)
        except ValueError:
            break
        address = candidate
        if not _is_ours(candidate):
            break
    return address or NOWHERE
