"""Where a request comes from, for counting tries and floods."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_HOUSEHOLD = 64  # bits; one line has all addresses below such a prefix (RFC 6177), so it is counted as one


def address(request: HttpRequest) -> str:
    """The network address of whoever asks. Behind BAIYING_PROXIES proxies of ours, what the outermost of them saw:
    each adds one at the right end of X-Forwarded-For, and what stands further left is anybody's word."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BAIYING_PROXIES:
        told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        seen = told[-settings.BAIYING_PROXIES] if len(told) >= settings.BAIYING_PROXIES else seen
    try:
        found = ip_address(seen)
    except ValueError:
        return seen
    if not isinstance(found, IPv6Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((int(found), IPV6_HOUSEHOLD), strict=False))
