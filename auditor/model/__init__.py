"""The nouns every stage speaks.

Data flows one way: source -> Capture -> Page -> Signals -> policy results -> findings -> Report. Everything here is
immutable and JSON-serialisable. Offsets are always character offsets into `Page.text`, half open. The hot nouns of
a page (Block, Signal, ...) are slotted dataclasses, for speed; the nouns of a result are pydantic models, whose JSON
Schema is the published format.
"""

from auditor.model.base import Model, Share
from auditor.model.block import SEEN, Block, BlockKind, Role, Visibility
from auditor.model.capture import JUDGEABLE, Capture, Completeness, Kind, Redirect
from auditor.model.evidence import Absence, Evidence, TextPositionSelector, TextQuoteSelector, Voice, Weighed
from auditor.model.page import (
    Contact,
    ElementMatch,
    Form,
    FormInput,
    Link,
    Page,
    PageDate,
    Person,
    Price,
    StructuredItem,
)
from auditor.model.report import RESULT_FORMAT, Audience, BlockView, PageAudit, PolicySummary, Report, Skipped
from auditor.model.result import SEVERITY_ORDER, Authority, Condition, Finding, Outcome, PolicyResult, Severity
from auditor.model.signal import Assertion, Cue, Factor, Match, Signal
from auditor.model.site import Cause, Fate, Sample, Site, Stratum, Subject, Tally
from auditor.model.triage import BaselineNote, BaselineState, GoneEntry, PageWaiver, Waiver, WaiverNote

__all__ = [
    "JUDGEABLE",
    "RESULT_FORMAT",
    "SEEN",
    "SEVERITY_ORDER",
    "Absence",
    "Assertion",
    "Audience",
    "Authority",
    "BaselineNote",
    "BaselineState",
    "Block",
    "BlockKind",
    "BlockView",
    "Capture",
    "Cause",
    "Completeness",
    "Condition",
    "Contact",
    "Cue",
    "ElementMatch",
    "Evidence",
    "Factor",
    "Fate",
    "Finding",
    "Form",
    "FormInput",
    "GoneEntry",
    "Kind",
    "Link",
    "Match",
    "Model",
    "Outcome",
    "Page",
    "PageAudit",
    "PageDate",
    "PageWaiver",
    "Person",
    "PolicyResult",
    "PolicySummary",
    "Price",
    "Redirect",
    "Report",
    "Role",
    "Sample",
    "Severity",
    "Share",
    "Signal",
    "Site",
    "Skipped",
    "Stratum",
    "StructuredItem",
    "Subject",
    "Tally",
    "TextPositionSelector",
    "TextQuoteSelector",
    "Visibility",
    "Voice",
    "Waiver",
    "WaiverNote",
    "Weighed",
]
