"""Pages whose elements nest so deeply that one tree of them would take minutes to build: read piece by piece."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FEW = 20_000  # tags; the tree of a page with no more is built in less than a second, whatever they are
_PIECE = 32_000  # characters
_DEEP = 1_000  # open elements at the end of a piece; browsers themselves go no deeper than 512
_USUAL = 50  # as many stand open wherever an honest page is cut
_DEEPEST = 5_000  # open elements beyond the usual, all pieces together


def pieces(source: str) -> list[str]:
    """The page as one piece, or cut before a tag every 32,000 characters when it nests too deeply.

    What it costs to build a tree grows with the depth at which each element stands. How many elements stand open at
    the end of each piece is found out from small trees, whose cost is bounded.
    """
    if source.count("<") <= _FEW:
        return [source]
    cut = _cut(source)
    surplus = 0
    for piece in cut:
        depth = _open_at_end(piece)
        surplus += max(0, depth - _USUAL)
        if depth > _DEEP or surplus > _DEEPEST:
            return cut
    return [source]


def _cut(source: str) -> list[str]:
    found, start = [], 0
    while start < len(source):
        end = source.find("<", start + _PIECE)
        end = len(source) if end < 0 else end
        found.append(source[start:end])
        start = end
    return found


def _open_at_end(piece: str) -> int:
    """How many elements are still open where a piece ends."""
    node: LexborNode | None = LexborHTMLParser(piece).body
    depth = 0
    while node is not None:
        depth += 1
        node = node.last_child
    return depth
