"""Explaining a verdict: every condition with its evidence, and for what did not hold, the nearest miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Condition, Evidence, Outcome
from auditor.policy.evaluate import evaluate
from auditor.policy.facts import Context, FactIndex, Facts
from auditor.policy.schema import Policy
from auditor.policy.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a policy says what it says of a page."""

    verdict: Verdict
    conditions: tuple[Condition, ...]

    def lines(self) -> Iterator[tuple[int, str]]:
        """The explanation as (depth, line), outermost first."""
        verdict = self.verdict
        yield 0, f"{verdict.policy.id} {verdict.policy.version}: {verdict.outcome}"
        yield 1, printable(verdict.statement())
        if verdict.reason:
            yield 1, f"Reason: {printable(verdict.reason)}"
        if verdict.outcome in (Outcome.VIOLATION, Outcome.REVIEW):
            yield 1, f"Confidence: {verdict.confidence:.2f}"
        for condition in self.conditions:
            yield from _lines(condition, 1)

    def __str__(self) -> str:
        return "\n".join(f"{'   ' * depth}{line}" for depth, line in self.lines())


def explain(policy: Policy, facts: Facts, context: Context) -> Explanation:
    """Judge the page of `facts` by `policy` and keep every condition, whether or not it was decisive."""
    verdict = evaluate(policy, FactIndex(facts), context)
    return Explanation(verdict, verdict.trace(most=None))


def _lines(condition: Condition, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, f"{'✓' if condition.met else '✗'} {printable(condition.asks)}"
    for words in condition.evidence:
        yield depth + 1, _quoted(words)
    if condition.nearest_miss:
        yield depth + 1, f"nearest: {printable(condition.nearest_miss)}"
    for child in condition.children:
        yield from _lines(child, depth + 1)


def _quoted(words: Evidence) -> str:
    parts = [f"“{printable(words.quote)}”" if words.quote else "(not in the text)", f"{words.signal} = {words.value}"]
    if words.voice:
        parts.append(f"{words.voice.assertion}{_cues(words.voice.cues)}")
    return f"{', '.join(parts)} [{words.link if words.start < 0 and words.link else f'{words.start}-{words.end}'}]"


def _cues(cues: Sequence[str]) -> str:
    return f" by {', '.join(f'“{printable(cue)}”' for cue in cues)}" if cues else ""


def printable(words: str) -> str:
    """The page's words on one line, without characters that steer a terminal or turn the direction of writing."""
    return "".join(char if char.isprintable() else " " for char in words)
