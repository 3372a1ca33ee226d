"""Evidence: what went over the wire, kept so that every finding can be made again from it."""

from __future__ import annotations

from auditor.evidence.exchange import Exchange

__all__ = ["Exchange"]
