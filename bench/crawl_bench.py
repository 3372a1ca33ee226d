"""Pages a second of a whole-site audit, beside `wget --mirror` and Scrapy on the same local site in the same run.

    python bench/crawl_bench.py [--pages 1000] [--size 20] [--runs 3]

Politeness is off for all: no delay, no robots.txt, 8 connections for those that can. The site is served by a process of
its own. wget saves the pages; Scrapy follows links and saves the bodies; the auditor follows links and keeps every
request and answer, then judges the pages. Medians of several runs, in turns, with memory at its peak. Needs the extra
`bench` and wget.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import page as generated_page

CONNECTIONS = 8
_LINKS = 10  # from a page to others

SPIDER = """
import sys, scrapy
from pathlib import Path
from scrapy.crawler import CrawlerProcess

class Spider(scrapy.Spider):
    name = "mirror"
    folder = Path(sys.argv[2])
    async def start(self):
        yield scrapy.Request(sys.argv[1])
    def parse(self, response):
        (self.folder / f"{response.url.rpartition('/')[2] or 'index'}.html").write_bytes(response.body)
        for href in response.css("a::attr(href)").getall():
            if href.startswith("/p"):
                yield response.follow(href)

crawling = CrawlerProcess({
    "ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[3]),
    "CONCURRENT_REQUESTS": int(sys.argv[3]), "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
})
crawling.crawl(Spider)
crawling.start()
"""

CRAWL = """
import sys
from pathlib import Path
from auditor.sources import SourceOptions
from auditor.sources.crawl import Crawl, Plan, Store
plan = Plan((sys.argv[1],), delay=0, connections=int(sys.argv[3]), max_pages=10**6, ignore_robots="benchmark")
with Store(Path(sys.argv[2]) / "crawl.sqlite") as store:
    Crawl(plan, store, SourceOptions(allow_private=True)).run()
"""


def serve(pages: int, size: int, port: Connection, served: Synchronized[int]) -> None:
    """A site of `pages` pages of `size` KB, each linking to others. Sends its port, counts the pages it serves."""
    bodies = [_linked(generated_page(size * 1_000, seed=number % 50), number, pages) for number in range(pages)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                number = 0 if path == "/" else int(path[2:]) if path.startswith("/p") and path[2:].isdigit() else -1
                status, body = ("200 OK", bodies[number]) if number >= 0 else ("404 Not Found", b"gone")
                served.value += number >= 0
                keep = "close" if b"Connection: close" in head else "keep-alive"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
                    f"Connection: {keep}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()
                if keep == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def _linked(body: bytes, number: int, pages: int) -> bytes:
    links = "".join(f'<a href="/p{(number * 7 + step) % pages}">more</a> ' for step in range(1, _LINKS + 1))
    links += f'<a href="/p{(number + 1) % pages}">next</a>'
    return body.replace(b"</body>", f"<p>Page {number}, about {_name(number)}.</p>{links}</body>".encode())


def _name(number: int) -> str:
    """A word that no other page says."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}")


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds that a command took, and the MB of memory it had at its peak."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - begin, usage.ru_maxrss / 1_000


def contenders(url: str) -> dict[str, Callable[[Path], list[str]]]:
    """Name to the command that reads the whole site into a folder."""
    python = sys.executable
    found = {
        "auditor, reading and keeping": lambda folder: [python, "-c", CRAWL, url, str(folder), str(CONNECTIONS)],
        "auditor, and judging": lambda folder: [
            python, "-m", "auditor", "audit", url, "--site", "--allow-private", "--delay", "0", "--connections",
            str(CONNECTIONS), "--ignore-robots", "benchmark", "--max-pages", "1000000", "-q", "-o", "result.json",
        ],
    }  # fmt: skip
    if shutil.which("wget"):
        found["wget --mirror"] = lambda _: ["wget", "--mirror", "-q", "-e", "robots=off", url]
    found["Scrapy"] = lambda folder: [python, "-c", SPIDER, url, str(folder), str(CONNECTIONS)]
    return found


def main() -> None:
    """Prints one line a contender."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--size", type=int, default=20, metavar="KB")
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    receiving, sending = multiprocessing.Pipe(duplex=False)
    served = multiprocessing.Value("l", 0)
    server = multiprocessing.Process(target=serve, args=(chosen.pages, chosen.size, sending, served), daemon=True)
    server.start()
    commands = contenders(f"http://127.0.0.1:{receiving.recv()}/")
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(chosen.runs):
        for name, command in commands.items():
            served.value = 0
            with tempfile.TemporaryDirectory() as folder:
                results[name].append(timed(command(Path(folder)), Path(folder)))
            if served.value < chosen.pages:
                sys.exit(f"{name} read {served.value} of {chosen.pages} pages")
    server.terminate()
    speeds = {name: chosen.pages / statistics.median(seconds for seconds, _ in runs) for name, runs in results.items()}
    print(f"{chosen.pages:,} pages of {chosen.size} KB, {CONNECTIONS} connections, medians of {chosen.runs}")
    print(
        f"{'':<30}{'pages/s':>10}{'peak MB':>10}"
        + "".join(f"{'/ ' + name:>18}" for name in ("wget --mirror", "Scrapy"))
    )
    for name, speed in speeds.items():
        ratios = (speed / speeds[peer] if peer in speeds else float("nan") for peer in ("wget --mirror", "Scrapy"))
        peak = max(memory for _, memory in results[name])
        print(f"{name:<30}{speed:>10.0f}{peak:>10.0f}" + "".join(f"{ratio:>18.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
