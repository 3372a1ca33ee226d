"""Bytes to text. Any byte string decodes; what cannot be read becomes U+FFFD."""

from __future__ import annotations

import codecs
import re

from auditor.model import Kind

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.+-]{1,40})", re.IGNORECASE)
_PRESCAN = 4096  # browsers look at 1,024 bytes; generators are not always that tidy
_SAMPLE = 65536
_NUL_SHARE = 0.3  # UTF-16 without a mark: nearly every other byte of Latin text is zero


def decode(body: bytes, hint: str, kind: Kind) -> tuple[str, str]:
    """Read bytes as text.

    Args:
        body: the bytes as captured.
        hint: the encoding the transport named, or "".
        kind: HTML may name its encoding in a `<meta>`.

    Returns:
        The text without its byte-order mark, and the WHATWG name of the encoding used.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    meta = _meta_encoding(body) if kind is not Kind.TEXT else ""
    for name in (_known(hint), meta):
        if name and _reads(body, name):
            return body.decode(name, "replace"), name
    name = _detected(body)
    return body.decode(name, "replace"), name


def _reads(body: bytes, name: str) -> bool:
    """Whether a declared encoding is believable: a declaration of UTF-8 over bytes that are not is a mistake."""
    if name != "utf-8":
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(body[:_SAMPLE])
    except UnicodeDecodeError as error:
        # A stray byte in a long page is damage, not another encoding.
        return error.start > 2000
    return True


def _meta_encoding(body: bytes) -> str:
    found = _META.search(body, 0, _PRESCAN)
    name = _known(found[1].decode("ascii", "replace")) if found else ""
    return "utf-8" if name.startswith("utf-16") else name  # a meta that could be read is no UTF-16


def _known(label: str) -> str:
    """The Python-readable name that WHATWG maps a label to, "" for an unknown one."""
    if not label.strip():
        return ""
    from resiliparse.parse.encoding import map_encoding_to_html5

    try:
        name = map_encoding_to_html5(label.strip().lower(), fallback_utf8=False) or ""
        return name.lower() if name and _is_text_codec(name) else ""
    except (ValueError, LookupError):
        return ""


def _is_text_codec(name: str) -> bool:
    try:
        return isinstance(b"<p>".decode(name, "replace"), str)
    except (LookupError, ValueError, TypeError):
        return False


def _detected(body: bytes) -> str:
    sample = body[:_SAMPLE]
    if sample.count(0) > _NUL_SHARE * len(sample):
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    if _reads(body, "utf-8"):
        return "utf-8"
    from resiliparse.parse.encoding import detect_encoding

    return _known(detect_encoding(sample) or "") or "windows-1252"
