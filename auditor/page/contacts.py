"""Ways to reach whoever is behind a page: mail, phone, messengers, wallets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import unquote

from auditor.model import Contact, Link
from auditor.page.shown import Shown
from auditor.page.wording import wording

_MAIL_HEAD = re.compile(r"[A-Za-z0-9_.+%-]{1,64}$")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,5}")
_AT = re.compile(r"[\[({<] ?(?:at|@|arroba|chez) ?[\])}>] ?", re.IGNORECASE)
_DOT = r" ?[\[({<] ?(?:dot|punkt|punto|point) ?[\])}>] ?|\.| dot "
_SPELT_DOMAIN = re.compile(rf"[A-Za-z0-9-]{{1,63}}(?:(?:{_DOT})[A-Za-z0-9-]{{2,63}}){{1,4}}", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)

# The first character is looked for in a range, which is quick, before it is looked at.
_PHONE = re.compile(r"[+(0-9\u0660-\U0001ffff](?<=[+(\d])[\d ().\-–/]{6,23}\d(?![\w/]|[.,]\d)")
_NO_PHONE_AFTER = frozenset((".", ",", "/", "$", "€", "£", "-", "_", "#", "="))
_SHAPED = re.compile(r"\+|00\d|\(\d{2,5}\)|1[-. ]\d{3}[-. ]|\d{3}[-. ]\d{3}[-. ]\d{4}$")
_CUE_REACH = 24

_HANDLE = re.compile(r"@[A-Za-z0-9_.]{3,32}|\+?\d[\d ()-]{6,18}\d|[A-Za-z0-9_.-]{3,66}")
_JOINT = re.compile(r"[ (]{0,2}[:=@>#\-–~]{0,2} {0,2}")
_LONG_TOKEN = re.compile(r"\b[A-Za-z0-9]{26,95}\b")
_WALLETS = (
    re.compile(r"bc1[ac-hj-np-z02-9]{25,59}"),
    re.compile(r"0x[0-9a-fA-F]{40}"),
    re.compile(r"4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}"),
)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_WALLET = re.compile(r"[13TL][1-9A-HJ-NP-Za-km-z]{25,34}")
_REGIONS = {"en": "US", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "hi": "IN"}
_TLDS = {"uk": "GB", "com": "", "eu": "", "org": "", "net": "", "io": "", "co": "", "me": "", "info": "", "shop": ""}


def find_contacts(shown: Shown) -> tuple[Contact, ...]:
    """All contacts of a page, in text order; the same one once."""
    region = _region_of(shown.host, shown.language)
    text, low = shown.text, shown.low
    found = [
        *_linked(shown.links),
        *_mails(text),
        *_messengers(shown),
        *_phones(text, low, region),
        *_wallets(shown),
    ]
    kept: dict[tuple[str, str], Contact] = {}
    for contact in sorted(found, key=lambda contact: (contact.start, contact.end)):
        kept.setdefault((contact.kind, contact.value.lower()), contact)
    return tuple(kept.values())


def _region_of(host: str, language: str) -> str:
    """The country a site most likely writes its phone numbers for: by its domain, else by its language."""
    domain = host.rpartition(".")[2].lower()
    if domain in _TLDS:
        return _TLDS[domain] or _REGIONS.get(language, "")
    return domain.upper() if len(domain) == 2 and domain.isalpha() else _REGIONS.get(language, "")


def _linked(links: Iterable[Link]) -> Iterator[Contact]:
    for link in links:
        href = link.href
        scheme, colon, rest = href.partition(":")
        if not colon:
            continue
        scheme = scheme.lower()
        if scheme == "mailto":
            address = unquote(rest).partition("?")[0].strip()
            if "@" in address:
                yield Contact("mail", address, link.start, link.end)
        elif scheme in ("tel", "callto", "sms"):
            yield Contact("phone", unquote(rest).strip(), link.start, link.end, _phone_region(rest))
        else:
            kind = _messenger_host(scheme, link.url)
            if kind:
                yield Contact(kind, _handle_in(link.url), link.start, link.end)


def _messenger_host(scheme: str, url: str) -> str:
    host = url.partition("//")[2].partition("/")[0].partition("?")[0].lower().removeprefix("www.")
    hosts = _messenger_hosts()
    return hosts.get(host) or hosts.get(scheme + ":", "")


@cache
def _messenger_hosts() -> dict[str, str]:
    return {host: kind for kind, data in wording()["messengers"].items() for host in data["hosts"]}


def _handle_in(url: str) -> str:
    """The name or number in a messenger's address."""
    phone = re.search(r"[?&](?:phone|number|chat)=([^&#]{1,40})", url)
    if phone:
        return unquote(phone[1]).strip()
    path = url.partition(":")[2].lstrip("/").partition("?")[0].rstrip("/")
    return unquote(path.rpartition("/")[2])


def _mails(text: str) -> Iterator[Contact]:
    place = text.find("@")
    while place >= 0:
        yield from _mail(text, place, place + 1, _DOMAIN)
        place = text.find("@", place + 1)
    for sign in _AT.finditer(text) if any(bracket in text for bracket in "[({<") else ():
        start = sign.start() - (text[sign.start() - 1 : sign.start()] == " ")
        yield from _mail(text, start, sign.end(), _SPELT_DOMAIN)


def _mail(text: str, at: int, behind: int, domain: re.Pattern[str]) -> Iterator[Contact]:
    """The address around an at sign, written as such or spelt out."""
    head = _MAIL_HEAD.search(text[max(0, at - 64) : at])
    tail = domain.match(text, behind)
    if head and tail:
        value = f"{head[0]}@{_DOTS.sub('.', tail[0])}"
        yield Contact("mail", value, at - len(head[0]), tail.end())


def _messengers(shown: Shown) -> Iterator[Contact]:
    """Handles named beside a messenger: "Telegram: @name", "WhatsApp +1 ...", "Session ID 05ab..."."""
    for kind, spot in shown.spots.like("messenger"):
        handle = _handle_after(shown.text, shown.low, spot.end)
        if handle:
            yield Contact(kind, handle[0].lstrip("@"), handle[1], handle[1] + len(handle[0]))


def _handle_after(text: str, low: str, place: int) -> tuple[str, int] | None:
    """The handle behind a messenger's name, over joints such as "id", "us at" and a colon."""
    place, marked = _over_joints(low, place)
    found = _HANDLE.match(text, place)
    if not found:
        return None
    handle = found[0].rstrip(".-")
    digits = sum(char.isdigit() for char in handle)
    looks = handle.startswith("@") or digits >= 7 or (marked and _is_name(handle))
    return (handle, place) if looks and len(handle.lstrip("@")) >= 3 else None


def _over_joints(low: str, place: int) -> tuple[int, bool]:
    """Skip joint words and signs; whether one of the signs sets off a name."""
    marked = False
    for _ in range(4):
        joint = _JOINT.match(low, place)
        if joint is None:
            break
        marked = marked or ":" in joint[0] or "=" in joint[0] or "@" in joint[0]
        place = joint.end() - (1 if joint[0].endswith("@") else 0)
        word = next(
            (w for w in _joint_words() if low.startswith(w + " ", place) or low.startswith(w + ":", place)), None
        )
        if word is None:
            break
        place += len(word)
    return place, marked


@cache
def _joint_words() -> tuple[str, ...]:
    return tuple(sorted(wording()["messenger_joints"], key=len, reverse=True))


def _is_name(handle: str) -> bool:
    """A word can be a handle when it is set off and no ordinary word: it has a figure, a mark or is all capitals."""
    return any(c.isdigit() or c in "_." for c in handle) or (handle.isupper() and len(handle) >= 6) or len(handle) > 12


def _phones(text: str, low: str, region: str) -> Iterator[Contact]:
    for found in _PHONE.finditer(text):
        before = text[found.start() - 1 : found.start()]
        digits = sum(char.isdigit() for char in found[0])
        if before.isalnum() or before in _NO_PHONE_AFTER or not 7 <= digits <= 15:
            continue
        if not _SHAPED.match(found[0]) and not _cued(low, found.start()):
            continue
        number = _parsed(found[0], region)
        if number:
            yield Contact("phone", number[0], found.start(), found.end(), number[1])


def _cued(low: str, start: int) -> bool:
    before = low[max(0, start - _CUE_REACH) : start]
    return any(cue in before for cue in wording()["phone_cues"])


def _phone_region(number: str) -> str:
    parsed = _parsed(unquote(number).strip(), "")
    return parsed[1] if parsed else ""


@lru_cache(maxsize=4096)
def _parsed(number: str, region: str) -> tuple[str, str] | None:
    """A phone number in international form and its country; None when it is none."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return value, phonenumbers.region_code_for_number(parsed) or ""


def _wallets(shown: Shown) -> Iterator[Contact]:
    """Addresses of wallets, where the page speaks of such money at all."""
    if not shown.spots.of("crypto") and "bc1" not in shown.low and "0x" not in shown.low:
        return
    for found in _LONG_TOKEN.finditer(shown.text):
        if any(shape.fullmatch(found[0]) for shape in _WALLETS) or _is_base58_wallet(found[0]):
            yield Contact("wallet", found[0], found.start(), found.end())


def _is_base58_wallet(token: str) -> bool:
    """A Bitcoin, Litecoin or Tron address: its last four bytes are a checksum of the rest."""
    if not _BASE58_WALLET.fullmatch(token):
        return False
    number = 0
    for char in token:
        number = number * 58 + _BASE58.index(char)
    try:
        raw = number.to_bytes(25, "big")
    except OverflowError:
        return False
    return hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]
