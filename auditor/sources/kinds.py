"""What bytes are: told from the file name, the content type, and the content itself."""

from __future__ import annotations

import codecs

from auditor.model import Kind

EXTENSIONS = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
}

_MIME_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
}

# Types that say nothing about the content: look at it instead.
_VAGUE_TYPES = frozenset({"", "application/octet-stream", "text/xml", "application/xml", "unknown/unknown"})

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "sound or film"),
    (b"ID3", "sound"),
    (b"wOF2", "a font"),
    (b"wOFF", "a font"),
)

_UNICODE_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LOOKED_AT = 4096
_MARKUP_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<div", b"<p>", b"<h1")


def unsupported_content(body: bytes) -> str:
    """What `body` is, when it is certainly no web page ("a PDF document"); "" when it may be one."""
    if body.startswith(_UNICODE_MARKS):
        return ""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    return "binary data" if _is_binary(body[:_LOOKED_AT]) else ""


def _is_binary(head: bytes) -> bool:
    """Whether control bytes that no text has make up a part of `head`; UTF-16 without a mark is text."""
    if not head or _looks_like_utf16(head):
        return False
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return controls > len(head) // 20


def _looks_like_utf16(head: bytes) -> bool:
    """Whether every second byte of Latin text is zero, on one side only."""
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return pairs > 1 and max(even, odd) > pairs * 0.7 and min(even, odd) < pairs * 0.05


def kind_of_content(body: bytes) -> Kind:
    """HTML when the beginning of `body` has tags of a page, else text. UTF-16 is looked at without its zeros."""
    head = body[:_LOOKED_AT].replace(b"\x00", b"").lower()
    return Kind.HTML if any(sign in head for sign in _MARKUP_SIGNS) else Kind.TEXT


def kind_of_type(content_type: str) -> Kind | None:
    """The kind that a Content-Type header declares; None when only the content can tell."""
    mime = content_type.partition(";")[0].strip().lower()
    if mime in _VAGUE_TYPES:
        return None
    return _MIME_TYPES.get(mime, Kind.UNSUPPORTED)


def charset_of(content_type: str) -> str:
    """The charset parameter of a Content-Type header, "" when it has none."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()[:40]
    return ""
