"""What a crawl is to read, and how politely."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The scope, budgets and manners of a crawl.

    Attributes:
        starts: the addresses to begin with. Each brings its host, and the folder of its path, into the scope.
        include: read only addresses whose path matches one of these globs (when there are any).
        exclude: read no address whose path matches one of these globs.
        depth: links followed from a start, None for any number.
        max_pages: pages read at most.
        max_seconds: time taken at most, None for any.
        delay: seconds between two requests to one host. 0 also lets requests to one host overlap.
        connections: requests under way at once, over all hosts.
        retries: further attempts at an address that fails in a way that may pass.
        backoff: seconds before the first of them; doubled each time.
        sample: read only so many of the addresses that the starts and the listings name, drawn at random; None for all.
        ignore_robots: why robots.txt is not obeyed, "" when it is.
    """

    starts: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    depth: int | None = None
    max_pages: int = 500
    max_seconds: float | None = None
    delay: float = 1.0
    connections: int = 8
    retries: int = 3
    backoff: float = 1.0
    sample: int | None = None
    ignore_robots: str = ""

    def scope(self) -> dict[str, object]:
        """What decides which addresses are read: a crawl goes on only under the same."""
        return {
            name: value
            for name, value in asdict(self).items()
            if name in ("starts", "include", "exclude", "depth", "sample", "ignore_robots")
        }
