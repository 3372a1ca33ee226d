"""Results to findings: one cause once, with its occurrences, worst first, and a fingerprint that lasts."""

from auditor.triage.findings import findings_of

__all__ = ["findings_of"]
