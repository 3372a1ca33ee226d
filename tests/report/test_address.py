"""Addresses: which become links, which part is the host, which host poses as another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.report.address import address
from tests.report.hostile import ADDRESSES


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/a?b#c", "example.org"),
        ("HTTP://Example.org:8080/", "Example.org"),
        ("https://regulator.example@evil.example/x", "evil.example"),
        ("https://a@b@evil.example/", "evil.example"),
        ("http://[2001:db8::1]:81/x", "[2001:db8::1]"),
        ("https://münchen.example/", "münchen.example"),
    ],
)
def test_web_addresses_are_links_with_their_host_apart(url: str, host: str) -> None:
    parts = address(url)
    assert (parts.href, parts.host) == (url, host)
    assert parts.before + parts.host + parts.after == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///evil.example",
        "https://ev%69l.example/",
        "https://evil.example\\@good.example/",
        "https://evil.example/ (archived)",
        "java\nscript:alert(1)",
        "https://evil.example/\u202egnp",
        "//evil.example",
        "saved/page.html",
    ],
)
def test_everything_else_is_plain_text(url: str) -> None:
    parts = address(url)
    assert (parts.href, parts.before) == ("", url)


def test_look_alike_letters_are_unmasked() -> None:
    assert address("http://\u0430pple.example/").registered == "xn--pple-43d.example"
    assert address("https://example.org/").registered == ""
    assert address("https://☃\u0378.example/").registered == "not a valid host name"


@pytest.mark.parametrize("url", ADDRESSES)
def test_hostile_addresses_never_lead_elsewhere_than_the_web(url: str) -> None:
    assert address(url).href in {"", url}
    assert not address(url).href or address(url).href.lower().startswith(("http://", "https://"))


@given(st.text())
def test_any_text_is_kept_whole(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        parts = address(url)
        assert parts.before + parts.host + parts.after == url
