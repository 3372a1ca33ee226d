"""One page, one address: the key under which differently written addresses are the same, and the form of an address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from auditor.sources.hop import without_password

LONGEST = 2_000  # characters; browsers and servers stop at about as many
_SEVERAL = 3  # parameters
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that name a visit or a campaign, never a page.
_VISIT_PARAMETERS = (
    "phpsessid", "jsessionid", "aspsessionid", "asp.net_sessionid", "sessionid", "session_id", "sid", "cfid", "cftoken",
    "osCsid", "zenid", "gclid", "dclid", "fbclid", "msclkid", "yclid", "mc_cid", "mc_eid", "_ga", "_gl", "igshid",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id",
)  # fmt: skip
_VISIT_NAMES = frozenset(name.lower() for name in _VISIT_PARAMETERS)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\((?:[A-Z]\([^)]*\))+\)(?=/)")
_DIGITS = re.compile(r"\d+")


def key_of(url: str) -> str:
    """The address in the one form that stands for all its spellings, without parameters that name a visit.

    "" when it is no address to fetch.
    """
    try:
        parts = urlsplit(without_password(url.strip()))
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
            return ""
        port = parts.port
    except ValueError:
        return ""
    scheme, host = parts.scheme.lower(), parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _ASP_SESSION.sub("", _PATH_SESSION.sub("", parts.path))
    plain = urlunsplit((scheme, netloc, path or "/", parts.query, ""))
    visit = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if name.lower() in _VISIT_NAMES]
    if visit:
        plain = url_query_cleaner(plain, visit, remove=True, unique=False)
    try:
        return str(canonicalize_url(plain))
    except ValueError:
        return ""


def host_of(key: str) -> str:
    """Whom an address is asked of: host and port."""
    return urlsplit(key).netloc


def site_of(key: str) -> str:
    """The site an address belongs to: its host without `www.`, and its port."""
    return host_of(key).removeprefix("www.")


def form_of(key: str) -> str:
    """What addresses made by one program have in common: the path with numbers folded, and the parameters' names.

    Several parameters are a filter whose choices combine, whatever their names.
    """
    parts = urlsplit(key)
    names = sorted({_DIGITS.sub("0", name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    query = f"?{'&'.join(names) if len(names) < _SEVERAL else '...'}" if names else ""
    return f"{parts.netloc}{_DIGITS.sub('0', parts.path)}{query}"
