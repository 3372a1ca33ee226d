"""The sites of the world, audited by the real command."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import Ended
from tests.site import world
from tests.site.world import LocalSite, link

Run = Callable[..., Ended]


@pytest.fixture
def serve() -> Iterator[Callable[[LocalSite], LocalSite]]:
    sites: list[LocalSite] = []

    def keep(site: LocalSite) -> LocalSite:
        sites.append(site)
        return site

    yield keep
    for site in sites:
        site.close()


def audit(command: Run, site: LocalSite, *words: object) -> tuple[Ended, dict[str, Any]]:
    url = words[0] if words and str(words[0]).startswith("http") else f"{site.url}/"
    rest = words[1:] if words and str(words[0]).startswith("http") else words
    ended = command(
        "audit", url, "--site", "--allow-private", "--delay", 0, "-o", "-", "--format", "json", "-j", "us", *rest
    )
    return ended, json.loads(ended.out) if ended.out else {}


def coverage(result: dict[str, Any]) -> dict[str, int]:
    (site,) = result["sites"]
    return {tally["fate"]: tally["pages"] for tally in site["coverage"]}


def paths(result: dict[str, Any], site: LocalSite) -> set[str]:
    return {page["url"].removeprefix(site.url) for page in result["pages"]}


def skipped(result: dict[str, Any], site: LocalSite) -> dict[str, str]:
    return {each["requested"].removeprefix(site.url): each["fate"] for each in result["skipped"]}


def outcomes(result: dict[str, Any], policy: str) -> dict[str, str]:
    return {result["pages"][row["page"]]["url"]: row["outcome"] for row in result["results"] if row["policy"] == policy}


def test_a_rogue_shop_of_200_pages_is_one_cause_on_all_of_them(command: Run, serve: Any) -> None:
    site = serve(world.rogue_shop())
    ended, result = audit(command, site)
    assert ended.code == 1
    counts = coverage(result)
    assert counts["read"] + counts.get("same", 0) == 211
    assert max(site.asked.values()) == 1
    (cause,) = [
        each
        for each in result["sites"][0]["causes"]
        if each["policy"] == "us.rx.controlled-offered-without-prescription" and each["outcome"] == "violation"
    ]
    offers = [page for page in result["pages"] if "/buy/" in page["url"]]
    assert len(cause["pages"]) >= 0.95 * len(offers)
    assert result["sites"][0]["causes"][0]["severity"] == "critical"
    ranks = [sum(f["severity"] == "critical" for f in page["findings"]) for page in result["pages"]]
    assert ranks[0] == max(ranks)


def test_what_stands_on_another_page_of_a_publisher_counts(command: Run, serve: Any) -> None:
    site = serve(world.publisher())
    ended, result = audit(command, site)
    assert {f"/health/topic-{each}" for each in "abcdef"} | {"/", "/about", "/terms", "/privacy", "/news/one"} == paths(
        result, site
    )
    assert skipped(result, site) == {
        "/drafts/x": "robots", "/nowhere": "missing", "/old": "redirect", "/brochure.pdf": "not-a-page",
    }  # fmt: skip
    assert "/drafts/x" not in site.asked
    topic = f"{site.url}/health/topic-a"
    assert outcomes(result, "core.disclaimer.missing")[topic] == "pass"
    assert outcomes(result, "core.site.identity-contact-missing")[topic] == "pass"
    (page,) = [each for each in result["pages"] if each["url"] == topic]
    (trace,) = [each["trace"] for each in page["results"] if each["policy"] == "core.disclaimer.missing"]
    assert f"{site.url}/terms" in json.dumps(trace)
    alone = json.loads(command("audit", topic, "--allow-private", "-o", "-", "--format", "json").out)
    assert outcomes(alone, "core.disclaimer.missing")[topic] == "violation"
    assert ended.code == 1


def test_a_pharmacy_that_asks_for_the_prescription_elsewhere_is_not_accused(command: Run, serve: Any) -> None:
    site = serve(world.pharmacy())
    _, result = audit(command, site)
    judged = outcomes(result, "us.rx.controlled-offered-without-prescription")
    assert {url.removeprefix(site.url): outcome for url, outcome in judged.items() if "/p/" in url} == {
        "/p/lorazepam": "review", "/p/zolpidem": "review", "/p/tramadol": "review",
    }  # fmt: skip
    disclosed = outcomes(result, "us.rx.online-pharmacy-disclosures-missing")
    assert {disclosed[f"{site.url}/p/{name}"] for name in ("lorazepam", "zolpidem", "tramadol")} == {"pass"}


def test_traps_are_left_and_said(command: Run, serve: Any) -> None:
    site = serve(world.trap_site())
    _, result = audit(command, site)
    assert "/real" in paths(result, site)
    assert sum(site.asked.values()) < 300
    assert site.asked["/help"] + sum(count for path, count in site.asked.items() if "PHPSESSID" in path) == 1
    fates = Counter(each["fate"] for each in result["skipped"])
    assert fates["trap"] >= 3
    reasons = " ".join(each["reason"] for each in result["skipped"])
    for words in ("/calendar?m brought no new word", "/filter?a&f0 brought no new word", "its path repeats itself"):
        assert words in reasons


def test_a_hostile_site_is_survived_and_accounted_for(command: Run, serve: Any) -> None:
    site = serve(world.hostile_site())
    ended, result = audit(command, site, "--timeout", 5, "--max-size", 1)
    assert ended.code in (1, 3)
    assert {"/good", "/found-deep", "/deep", "/entities"} <= paths(result, site)
    left = skipped(result, site)
    assert (left["/metadata"], left["/file"]) == ("redirect", "redirect")
    assert left["/laughs.xml"] == "listing"
    by_path = {page["url"].removeprefix(site.url): page for page in result["pages"]}
    assert by_path["/bomb"]["completeness"] == "truncated"
    assert {by_path["/headers"]["completeness"], by_path["/nonsense"]["completeness"]} == {"error"}
    assert left["/loop"] == "redirect"


def test_pages_drawn_by_script_are_never_clean(command: Run, serve: Any) -> None:
    site = serve(world.script_site())
    ended, result = audit(command, site)
    assert ended.code == 3
    assert [page["completeness"] for page in result["pages"]] == ["script-only"] * 3
    assert result["sites"][0]["judged"] == 0


def test_the_html_report_of_a_site_shows_causes_and_coverage(command: Run, serve: Any) -> None:
    site = serve(world.publisher())
    ended = command("audit", f"{site.url}/", "--site", "--allow-private", "--delay", 0, "-o", "-")
    for words in ("Coverage", "Causes", "Closed to robots", "/drafts/x", "/nowhere"):
        assert words in ended.out


def test_scope_is_kept(command: Run, serve: Any) -> None:
    site = serve(world.publisher())
    _, result = audit(command, site, f"{site.url}/health/topic-a", "--exclude", "*-c")
    assert paths(result, site) == {f"/health/topic-{each}" for each in "abdef"}
    assert skipped(result, site)["/health/topic-c"] == "excluded"


def test_robots_are_overridden_only_with_a_reason_that_is_recorded(command: Run, serve: Any) -> None:
    site = serve(world.publisher())
    site.pages["/drafts/x"] = "<p>a draft</p>"
    _, result = audit(command, site, "--ignore-robots", "order 17 of the court")
    assert "/drafts/x" in paths(result, site)
    assert "order 17 of the court" in result["sites"][0]["robots"]


def test_a_second_crawl_asks_only_for_what_has_changed(command: Run, serve: Any) -> None:
    site = serve(world.publisher())
    _, first = audit(command, site)
    site.pages["/news/one"] = "<p>The office in Leeds was closed again.</p>"
    site.requests.clear()
    _, second = audit(command, site)
    assert paths(first, site) == paths(second, site)
    conditional = {path for path, headers in site.requests if "If-None-Match" in headers}
    assert conditional == paths(first, site)
    texts = {page["url"]: page["text"] for page in second["pages"]}
    assert "closed again" in texts[f"{site.url}/news/one"]
    assert "Harbour Street" in texts[f"{site.url}/about"]


def test_a_page_budget_is_kept_and_a_larger_one_goes_on(command: Run, serve: Any) -> None:
    site = serve(world.rogue_shop(40))
    _, part = audit(command, site, "--max-pages", 10)
    assert coverage(part)["left"] > 0
    assert sum(coverage(part).get(fate, 0) for fate in ("read", "same")) == 10
    assert "10 pages were read" in part["sites"][0]["stopped"]
    _, whole = audit(command, site)
    assert "left" not in coverage(whole)
    assert max(site.asked.values()) == 1


def test_the_contact_is_told_to_the_site(command: Run, serve: Any) -> None:
    site = serve(world.pharmacy())
    audit(command, site, "--contact", "audits@example.org")
    assert {headers["User-Agent"].partition("contact: ")[2] for _, headers in site.requests} == {"audits@example.org)"}


def test_a_sample_says_how_sure_it_is(command: Run, serve: Any) -> None:
    site = serve(world.rogue_shop(60))
    goods = "".join(link(f"/buy/{item}") for item in range(60)) + "".join(
        link(f"/list/{number}") for number in range(3)
    )
    site.pages["/"] = world.page("All", goods)
    _, result = audit(command, site, "--sample", 21)
    sample = result["sites"][0]["sample"]
    strata = {each["name"]: (each["addresses"], each["read"]) for each in sample["strata"]}
    assert strata == {"/buy/": (60, 20), "/list/": (3, 1)}
    assert (sample["judged"], sample["in_violation"]) == (21, 20)
    assert sample["low"] < sample["share"] < sample["high"]
    assert coverage(result)["left"] == 42
    asked = set(site.asked)
    site.requests.clear()
    audit(command, site, "--sample", 21, "--crawl-file", "another.sqlite")
    assert set(site.asked) == asked


def test_a_password_in_the_address_is_refused_and_links_lose_theirs(command: Run, serve: Any) -> None:
    site = serve(world.pharmacy())
    ended = command("audit", site.url.replace("http://", "http://me:secret@"), "--site", "--allow-private")
    assert (ended.code, "secret" in ended.complaint) == (2, False)
    site.pages["/"] = link(site.url.replace("http://", "http://me:secret@") + "/nowhere", "here")
    ended, _ = audit(command, site)
    assert "secret" not in ended.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("page.html", "--site"), "page.html: --site reads web sites: expected a URL such as https://example.org/"),
        (
            ("https://example.org", "--depth", 2),
            "--include, --exclude, --depth, --max-minutes, --sample, --ignore-robots",
        ),
        (("https://example.org", "--site", "--sample", 500), "--sample 500 needs --max-pages 501 or more"),
        (("ftp://example.org", "--site"), "ftp://example.org: the scheme 'ftp' is not http or https"),
    ],
)
def test_a_call_that_does_not_fit_is_refused(command: Run, words: tuple[object, ...], complaint: str) -> None:
    ended = command("audit", *words)
    assert ended.code == 2
    assert complaint in ended.complaint
