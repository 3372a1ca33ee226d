"""How inputs are read."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Kind

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Limits and permissions of reading. Sizes in bytes after decompression, times in seconds.

    Attributes:
        kind: what the inputs are, instead of telling from name, header and content.
        max_download: a longer page from the web is cut there.
        max_file: a longer file or standard input is cut there.
        connect_timeout: for each connection.
        read_timeout: the longest silence while reading.
        total_timeout: for one page, redirects included.
        allow_private: also connect to loopback, private and link-local addresses, and to any port.
        contact: how the owner of a site can reach who audits it; told with every request.
    """

    kind: Kind | None = None
    max_download: int = 10 * MEGABYTE
    max_file: int = 50 * MEGABYTE
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    allow_private: bool = False
    contact: str = ""
