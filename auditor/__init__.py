"""Health-content compliance auditor: reads health web pages and says, with proof, where they break the rules.

    >>> from auditor import audit_html
    >>> page = audit_html("<h1>Sleep well</h1><p>Buy Ambien here: $99, no prescription needed.</p>")
    >>> page.judged
    True

The names below are loaded on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from auditor.api import audit_html, audit_text
    from auditor.audit import Auditor
    from auditor.errors import AuditorError

_HOMES = {
    "audit_html": "auditor.api",
    "audit_text": "auditor.api",
    "Auditor": "auditor.audit",
    "AuditorError": "auditor.errors",
}

__all__ = ["Auditor", "AuditorError", "__version__", "audit_html", "audit_text"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
