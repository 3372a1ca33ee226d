"""What a policy says of a page: its outcome, subject by subject, with the conditions that led there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Condition, Outcome, PolicyResult, Signal
from auditor.policy.conditions import Trace, evidence_of, rested_on, signal_name, unmet_parts
from auditor.policy.evidence import brief_evidence
from auditor.policy.facts import FactIndex
from auditor.policy.plain import called
from auditor.policy.schema import Policy
from auditor.policy.statement import fill
from auditor.policy.trace import MOST_SHOWN, as_model, missing_words

CAUGHT = frozenset({Outcome.VIOLATION, Outcome.REVIEW})
WORST_FIRST = (Outcome.VIOLATION, Outcome.REVIEW, Outcome.PASS)

EXEMPT, WHEN, REQUIRES, REVIEW_INSTEAD, NEEDS_REVIEW = (
    "Exempt when",
    "When",
    "Requires",
    "Review instead when",
    "Needs review when",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How one subject (or the page, when `subject` is None) came out, and by which conditions."""

    subject: Signal | None
    outcome: Outcome
    reason: str
    confidence: float
    traces: tuple[tuple[str, Trace], ...]  # (part of the policy, how it came out), in the order judged

    def not_found(self) -> Iterator[Trace]:
        """The single conditions on whose failure the outcome rests, but for those on the page as a whole."""
        for part, trace in self.traces:
            failed: Iterable[Trace] = ()
            if part == REQUIRES and not trace.met:
                failed = unmet_parts(trace)
            elif part not in (REQUIRES, EXEMPT) and trace.met:
                failed = rested_on(trace)
            yield from (each for each in failed if not each.sight.matches.everywhere(signal_name(each.condition)))

    def missing(self) -> list[str]:
        """What was looked for and not found: values, or names of signals."""
        return [word for trace in self.not_found() for word in missing_words(trace)]

    def support(self) -> Iterator[tuple[Signal, str]]:
        """The signals besides the subject that carry the outcome, with the names the policy gives them."""
        for part, trace in self.traces:
            if part not in (REQUIRES, EXEMPT):
                yield from evidence_of(trace)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one policy says of one page."""

    policy: Policy
    index: FactIndex
    outcome: Outcome
    reason: str = ""
    applies: Trace | None = None
    sought: Trace | None = None  # the subject, when there was none
    judged: tuple[Judged, ...] = ()

    def alike(self) -> list[Judged]:
        """The subjects that came out as the page does."""
        return [judged for judged in self.judged if judged.outcome is self.outcome]

    def applied_by(self) -> Iterator[tuple[Signal, str]]:
        """The signals that made the policy apply to the page."""
        if self.applies:
            yield from evidence_of(self.applies)

    @property
    def confidence(self) -> float:
        """The highest confidence among the subjects that decide; 0 when there is nothing to be sure of."""
        return max((judged.confidence for judged in self.alike()), default=0.0) if self.outcome in CAUGHT else 0.0

    def statement(self) -> str:
        """The policy's sentence for the outcome."""
        if self.outcome is Outcome.NOT_ASSESSED:
            return "Not assessed."
        if self.outcome is Outcome.NOT_APPLICABLE:
            return self.policy.outcomes.not_applicable or "Does not apply to this page."
        return self.statement_on(self.alike())

    def statement_on(self, group: Sequence[Judged]) -> str:
        """The policy's sentence on subjects that came out alike."""
        outcomes, outcome = self.policy.outcomes, group[0].outcome
        sentences = {Outcome.VIOLATION: outcomes.violation, Outcome.PASS: outcomes.pass_}
        subjects = [judged.subject for judged in group if judged.subject]
        return fill(
            sentences.get(outcome) or outcomes.review,
            self.index.page.text,
            subjects,
            len(subjects) or sum(1 for _ in group[0].support()),
            [word for judged in group for word in judged.missing()],
        )

    def trace(self, most: int | None = MOST_SHOWN) -> tuple[Condition, ...]:
        """The conditions in words: of the first `most` subjects, each with as much evidence (None: of all)."""
        shown = [as_model(self.applies, "Applies when", most)] if self.applies else []
        shown += [as_model(self.sought, "For each", most)] if self.sought else []
        for judged in sorted(self.judged, key=lambda judged: WORST_FIRST.index(judged.outcome))[:most]:
            parts = tuple(as_model(trace, part, most) for part, trace in judged.traces)
            shown += [self._under_subject(judged, judged.subject, parts)] if judged.subject else parts
        return tuple(shown)

    def _under_subject(self, judged: Judged, subject: Signal, parts: tuple[Condition, ...]) -> Condition:
        name = self.policy.for_each or ""
        words = brief_evidence(self.index, subject, name)
        asks = f"For {called(name, self.policy)}"
        return Condition.model_construct(asks=asks, met=judged.outcome in CAUGHT, evidence=(words,), children=parts)

    def result(self) -> PolicyResult:
        """The stored form."""
        return PolicyResult.model_construct(
            policy=self.policy.id,
            version=self.policy.version,
            title=self.policy.title,
            severity=self.policy.severity,
            outcome=self.outcome,
            statement=self.statement(),
            reason=self.reason,
            confidence=self.confidence,
            trace=self.trace(),
        )
