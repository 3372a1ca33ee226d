"""A site as a whole: its pages judged with what the others say, told once where they are the same, one cause once."""

from auditor.site.audit import audit_site, audit_site_again

__all__ = ["audit_site", "audit_site_again"]
