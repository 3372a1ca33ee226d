"""Small web sites on this machine, served as real ones are: connections kept alive, ETags, robots.txt, sitemaps."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

Handler = http.server.BaseHTTPRequestHandler


@dataclass(frozen=True)
class Reply:
    """What a path is answered with."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Content = str | bytes | Reply
# A path answered by a function may speak on the connection itself: it then gives None.
Answer = Content | Callable[[Handler], Content | None]


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is no news."""


class LocalSite:
    """One site. `otherwise` answers the paths that have no page of their own."""

    def __init__(self, pages: Mapping[str, Answer], otherwise: Answer = Reply("gone", 404)) -> None:
        self.pages = dict(pages)
        self.otherwise = otherwise
        self.requests: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handling(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20

            def do_GET(self) -> None:
                site.requests.append((self.path, dict(self.headers)))
                answer = site.pages.get(self.path, site.otherwise)
                content = answer(self) if callable(answer) else answer
                if content is not None:
                    site.send(self, content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handling)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def send(self, handler: Handler, content: Content) -> None:
        """Sends an answer: its links made absolute where they say {site}, with an ETag, or that nothing has changed."""
        reply = content if isinstance(content, Reply) else Reply(content)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        body = body.replace(b"{site}", self.url.encode())
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        unchanged = reply.status == 200 and handler.headers.get("If-None-Match") == etag
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": etag} | dict(reply.headers)
        handler.send_response(304 if unchanged else reply.status)
        for name, value in headers.items():
            handler.send_header(name, value.replace("{site}", self.url))
        if not unchanged:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if not unchanged:
            handler.wfile.write(body)

    @property
    def asked(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for path, _ in self.requests)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def page(title: str, body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def link(path: str, words: str = "") -> str:
    return f'<a href="{path}">{words or path}</a> '


XML = {"Content-Type": "application/xml"}
TEXT = {"Content-Type": "text/plain"}


def sitemap(*paths: str) -> Reply:
    entries = "".join(f"<url><loc>{{site}}{path}</loc></url>" for path in paths)
    return Reply(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>', headers=XML)


# ------------------------------------------------------------------------------------------------ the sites

MEDICINES = [
    "Ambien", "Valium", "Xanax", "Tramadol", "Klonopin", "Ativan", "Adderall", "Oxycodone", "Vicodin", "Percocet",
    "Phentermine", "Modafinil", "Lorazepam", "Diazepam", "Alprazolam", "Zolpidem", "Clonazepam", "Hydrocodone",
    "Codeine", "Methadone",
]  # fmt: skip


def rogue_shop(products: int = 200) -> LocalSite:
    """A seller of controlled medicines: a front page, lists of twenty, a page for each medicine and strength."""
    strengths = [f"{number} mg" for number in range(1, products // len(MEDICINES) + 1)]
    goods = list(product(MEDICINES, strengths))[:products]
    pages: dict[str, Answer] = {}
    lists = [f"/list/{start // 20}" for start in range(0, len(goods), 20)]
    pages["/"] = page("Cheap meds", "<h1>Cheap meds online</h1>" + "".join(map(link, lists)))
    for number, path in enumerate(lists):
        items = range(number * 20, min(len(goods), number * 20 + 20))
        pages[path] = page(f"List {number}", "<h1>Our pills</h1>" + "".join(link(f"/buy/{item}") for item in items))
    for item, (name, strength) in enumerate(goods):
        body = (
            f"<h1>Buy {name} {strength} online</h1><p>{name} {strength}, 90 pills: ${40 + item}.00. "
            f"<button>Add to cart</button></p><p>No prescription needed. Worldwide shipping, discreet packaging.</p>"
            f"<p>Order number {item * 7919} was shipped today.</p>{link('/', 'Home')}"
            + link(f"/buy/{(item + 1) % products}", "Next")
        )
        pages[f"/buy/{item}"] = page(f"Buy {name} {strength}", body)
    return LocalSite(pages)


_ARTICLE = (
    "<article><h1>{title}</h1><p>{title} is a common condition. Symptoms include itching and a rash, and many patients "
    "have them for weeks. It is treated with creams and medicines. The usual dose of cetirizine is 10 mg once daily. "
    "Common side effects are drowsiness and headache.</p><h2>Treatment</h2><p>Treatment options are creams, light and "
    "medicines. Which of them is right depends on the symptoms and on other medicines that are taken.</p></article>"
)


def publisher(articles: int = 6) -> LocalSite:
    """A publisher whose disclaimer, address and privacy notice stand on pages of their own."""
    paths = [f"/health/topic-{letter}" for letter in "abcdefghij"[:articles]]
    about = (
        "<h1>About us</h1><p>Calm Skin is published by Calm Skin Media Ltd, 12 Harbour Street, Leeds LS1 4AB. "
        'Contact: <a href="mailto:desk@calmskin.example">desk@calmskin.example</a>, phone +44 113 496 0000.</p>'
    )
    terms = (
        "<h1>Medical disclaimer</h1><p>The information on this website is for general information only. It is not a "
        "substitute for professional medical advice, diagnosis or treatment. Always seek the advice of your physician "
        "or another qualified health provider with any questions you may have.</p>"
    )
    privacy = '<h1>Privacy policy</h1><p>What we collect, and why. <a href="/privacy">Privacy policy</a></p>'

    def packed_sitemap(handler: Handler) -> Content:
        entries = "".join(f"<url><loc>http://{handler.headers['Host']}{path}</loc></url>" for path in paths)
        return Reply(
            gzip.compress(f"<urlset>{entries}</urlset>".encode()), headers={"Content-Type": "application/gzip"}
        )

    return LocalSite(
        {
            "/robots.txt": Reply("User-agent: *\nDisallow: /drafts/\nSitemap: {site}/maps.xml\n", headers=TEXT),
            "/maps.xml": Reply(
                "<sitemapindex><sitemap><loc>{site}/pages.xml.gz</loc></sitemap></sitemapindex>", headers=XML
            ),
            "/pages.xml.gz": packed_sitemap,
            "/": page(
                "Calm Skin",
                "<h1>Calm Skin</h1><p>All about skin.</p>"
                + link("/about")
                + link("/terms")
                + link("/privacy")
                + link("/drafts/x"),
                '<link rel="alternate" type="application/rss+xml" href="/feed">',
            ),
            "/feed": Reply(
                "<rss><channel><link>{site}/</link><item><link>{site}/news/one</link></item></channel></rss>",
                headers=XML,
            ),
            "/news/one": page("News", "<p>A new office was opened in Leeds today, with a garden.</p>"),
            "/old": Reply("", 301, {"Location": "/health/topic-a"}),
            "/about": page("About", about + link("/old") + link("/brochure.pdf")),
            "/brochure.pdf": Reply(b"%PDF-1.7 nothing", headers={"Content-Type": "application/pdf"}),
            "/terms": page("Terms", terms + link("/nowhere")),
            "/privacy": page("Privacy", privacy),
            **{
                path: page(f"Topic {path[-1]}", _ARTICLE.format(title=f"Dermatitis {path[-1].upper() * 3}"))
                for path in paths
            },
        }
    )


def pharmacy() -> LocalSite:
    """A pharmacy that asks for the prescription, names its pharmacist and its licence, each on one page of its own."""
    how = (
        "<h1>How to order</h1><p>We need your valid prescription before we dispense. Send us your prescription by post "
        "or ask your doctor to send it to us. We never supply prescription medicines without a prescription.</p>"
    )
    about = (
        "<h1>About the pharmacy</h1><p>Harbour Pharmacy, 40 Main Street, Albany, NY 12207. Phone (518) 555-0142. "
        "Pharmacist in charge: Ana Brandt, PharmD. New York State pharmacy license number 028817.</p>"
    )
    goods = ["Lorazepam", "Zolpidem", "Tramadol"]
    shelf = "".join(link(f"/p/{name.lower()}", name) for name in goods)
    return LocalSite(
        {
            "/": page("Harbour Pharmacy", f"<h1>Harbour Pharmacy</h1>{shelf}{link('/how')}{link('/about')}"),
            "/how": page("How to order", how),
            "/about": page("About", about),
            **{
                f"/p/{name.lower()}": page(
                    name,
                    f"<h1>{name} 1 mg</h1><p>{name} 1 mg tablets, 30: $18.00. <button>Add to cart</button></p>"
                    "<p>Ships within the United States in two days.</p>",
                )
                for name in goods
            },
        }
    )  # fmt: skip


def trap_site() -> LocalSite:
    """A clinic with a calendar without end, session ids, filters to combine, and folders inside themselves."""

    def otherwise(handler: Handler) -> Content:
        path, _, query = handler.path.partition("?")
        if path == "/calendar":
            month = int(query.partition("=")[2] or 0)
            return page(
                "Calendar",
                f"<p>Month {month}</p>" + link(f"/calendar?m={month + 1}") + link(f"/calendar?m={month - 1}"),
            )
        if path == "/filter":
            kinds = ["cold", "warm", "thick", "thin", "white", "green"]
            chosen = " ".join(kinds[n] for n in range(6) if f"f{n}=" in query)
            return page(
                "Filter", f"<p>{chosen} creams</p>" + "".join(link(f"/filter?{query}&f{n}={n}") for n in range(6))
            )
        if path == "/help":
            return page("Help", "<p>How to find us</p>" + link(f"/help?PHPSESSID={len(site.requests)}"))
        if path.endswith("/more"):
            return page("More", "<p>More of it</p>" + link(f"{path}/more"))
        return Reply("gone", 404)

    home = link("/calendar?m=0") + link("/filter?a=1") + link("/help") + link("/x/more") + link("/real")
    site = LocalSite(
        {
            "/": page("Clinic", f"<h1>Clinic</h1>{home}"),
            "/real": page("Real", "<p>Opening hours are nine to five.</p>"),
        },
        otherwise,
    )
    return site


def hostile_site() -> LocalSite:
    """A site that tries to harm whoever reads it."""

    def headers_without_end(handler: Handler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 4_000) for n in range(60)) + b"\r\nhi"
        )
        handler.close_connection = True

    def nonsense(handler: Handler) -> None:
        handler.wfile.write(b"\x00\xff not http at all\r\n\r\n")
        handler.close_connection = True

    bomb = gzip.compress(b"<p>" + b"a" * 30_000_000)
    paths = ["/metadata", "/file", "/loop", "/bomb", "/headers", "/nonsense", "/deep", "/entities", "/good"]
    odd = "".join(
        f'<a href="{href}">x</a>'
        for href in ("javascript:alert(1)", "http://[::1", "//", "http://:99999/", "\x00", "data:,x")
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return LocalSite(
        {
            "/robots.txt": Reply(
                b"User-agent: *\nSitemap: {site}/laughs.xml\nSitemap: http://169.254.169.254/x\n", headers=TEXT
            ),
            "/laughs.xml": Reply(
                f'<!DOCTYPE u [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>&l8;</loc></url></urlset>', headers=XML
            ),
            "/": page("Hostile", "<h1>Hello</h1>" + "".join(map(link, paths)) + odd + "<script>while(1);</script>"),
            "/metadata": Reply("", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
            "/file": Reply("", 302, {"Location": "file:///etc/passwd"}),
            "/loop": Reply("", 302, {"Location": "/loop"}),
            "/bomb": Reply(bomb, headers={"Content-Encoding": "gzip"}),
            "/headers": headers_without_end,
            "/nonsense": nonsense,
            "/deep": "<div>" * 50_000 + "deep" + link("/found-deep"),
            "/found-deep": page("Deep", "<p>Found at the bottom.</p>"),
            "/entities": page("&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&#0;&#xD800;&#x202e;evil</p>"),
            "/good": page("Good", "<p>A page that is only a page.</p>"),
        }
    )


def script_site() -> LocalSite:
    """A site that draws itself with scripts."""
    shell = page("App", '<div id="root"></div><script src="/app.js"></script>')
    return LocalSite(
        {
            "/": shell,
            "/sitemap.xml": sitemap("/", "/a", "/b"),
            "/a": shell,
            "/b": shell,
            "/app.js": Reply("draw()", headers={"Content-Type": "text/javascript"}),
        }
    )
