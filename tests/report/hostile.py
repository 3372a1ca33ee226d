"""Reports whose every free string is hostile: what a page made to script, restyle or break the report could hold."""

from __future__ import annotations

from typing import Any

from auditor.model import Report
from tests.report.decided import decided_pages

RLO, LRI, ZWSP, ZWJ, NUL, TAG = "\u202e", "\u2066", "\u200b", "\u200d", "\x00", "\U000e0041"

PAYLOADS = {
    "script": "</script><script>window.owned = 1</script>",
    "style": "</style><style>*{display:none}</style><link rel=stylesheet href=https://evil.example/x.css>",
    "image": "<img src=https://evil.example/x.png onerror=window.owned=1><svg onload=window.owned=1>",
    "attribute": '" autofocus onfocus="window.owned=1" style="position:fixed" x=\'',
    "template": "{{ 7 * 7 }}{% for a in range(9) %}x{% endfor %}${7*7}",
    "comment": "--><!--<plaintext><title></title><textarea><xmp><noscript>",
    "javascript": "javascript:window.owned=1",
    "data": "data:text/html,<script>window.owned=1</script>",
    "css": "\\22;}*{background:url(https://evil.example)}@import 'https://evil.example';/*",
    "reorder": f"safe {RLO}gnp.exe{LRI} is {RLO}{RLO}{RLO} this",
    "unseen": f"V{ZWSP}al{ZWJ}ium{NUL}{NUL}\x1b[31m\x07{TAG}",
    "stacked": "Z" + "\u0351\u0319\u036f" * 400,
    "long word": "x" * 5_000,
    "wide": "W" * 400 + "\u00a0" * 400 + "\ufdfd" * 50,
    "meta": '<meta http-equiv=refresh content="0;url=https://evil.example"><base href=https://evil.example>',
    "form": "<form action=https://evil.example><input name=find><button type=submit id=help>",
    "clobber": '<a id=search name=findings></a><div id="f-1" class="finding" data-outcome="violation">',
}
ADDRESSES = (
    "javascript:window.owned=1",
    "JaVaScRiPt://x.example/%0awindow.owned=1",
    "data:text/html,<script>window.owned=1</script>",
    "http://\u0430pple.example/login",
    "https://regulator.example@evil.example/x",
    'https://evil.example/" onmouseover="window.owned=1',
    "https://evil.example\\@good.example/",
    "https://[::1/broken",
    "vbscript:x",
    " https://evil.example/leading-space",
    "//evil.example/no-scheme",
)
_ENUMERATED = {
    "kind", "role", "visibility", "outcome", "severity", "completeness", "type", "status", "assertion", "match",
    "captured_at", "created_at", "audit_date", "last_checked", "until", "baseline",
}  # fmt: skip
_ADDRESS = {"url", "link", "requested"}


def poisoned(payload: str, url: str = "https://evil.example/") -> Report:
    """A decided report with `payload` behind (mostly: in place of) every free string, `url` as every address."""
    return Report.model_validate(_poison(decided_pages().model_dump(mode="json"), payload, url))


def _poison(value: Any, payload: str, url: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _poison(each, payload, url, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_poison(each, payload, url, name) for each in value]
    if not isinstance(value, str) or name in _ENUMERATED:
        return value
    if name in _ADDRESS:
        return url
    return f"{value}\n{payload}" if name == "text" else payload
