"""Undoing Content-Encoding piece by piece, so that no bomb is ever held in memory and what was got is kept."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli  # type: ignore[import-untyped]

PIECE = 65_536

Stage = Callable[[Iterable[bytes]], Iterator[bytes]]


class BrokenBodyError(Exception):
    """The body ends early or is not what it claims to be. What came before is good."""


def inflate(chunks: Iterable[bytes], encodings: Iterable[str]) -> Iterator[bytes]:
    """The content of `chunks` in pieces of about 64 KB, `encodings` being in the order in which they were applied.

    Raises:
        BrokenBodyError: while iterating: an unknown encoding, corrupt data, or an early end.
    """
    for encoding in reversed(list(encodings)):
        stage = _STAGES.get(encoding)
        if stage is None:
            raise BrokenBodyError(f"the content encoding {encoding[:30]!r} is not one this tool reads")
        chunks = stage(chunks)
    yield from chunks


def _inflate_zlib(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """gzip, zlib or bare deflate data: servers mix them up, so the data decides."""
    decoder = None
    for chunk in chunks:
        decoder = decoder or _zlib_decoder(chunk)
        rest = chunk
        while rest and not decoder.eof:
            try:
                piece = decoder.decompress(rest, PIECE)
            except zlib.error as error:
                raise BrokenBodyError("the compressed data is corrupt") from error
            rest = decoder.unconsumed_tail
            if decoder.eof and decoder.unused_data.startswith(b"\x1f\x8b"):  # a further gzip member
                rest, decoder = decoder.unused_data, zlib.decompressobj(_AUTOMATIC)
            yield piece
    if decoder is not None:
        yield decoder.flush()
        if not decoder.eof:
            raise BrokenBodyError("the compressed data breaks off")


_AUTOMATIC = zlib.MAX_WBITS | 32  # zlib or gzip header


def _zlib_decoder(first: bytes) -> zlib._Decompress:
    try:
        zlib.decompressobj(_AUTOMATIC).decompress(first, 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    return zlib.decompressobj(_AUTOMATIC)


def _inflate_brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for chunk in chunks:
        rest = chunk
        while not decoder.is_finished() and (rest or not decoder.can_accept_more_data()):
            try:
                piece = decoder.process(rest, output_buffer_limit=PIECE)
            except brotli.error as error:
                raise BrokenBodyError("the compressed data is corrupt") from error
            rest = b""
            yield piece
    if not decoder.is_finished():
        raise BrokenBodyError("the compressed data breaks off")


_STAGES: dict[str, Stage] = {
    "gzip": _inflate_zlib,
    "x-gzip": _inflate_zlib,
    "deflate": _inflate_zlib,
    "br": _inflate_brotli,
}
