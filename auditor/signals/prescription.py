"""What the page says about prescriptions, with denials turned round and questions settled by their answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Assertion, Match, Signal
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading

_TURNED = {"waived": "required", "required": "waived"}
_ANSWER_REACH = 24  # characters into an answer in which its yes or no stands


def detect(reading: Reading) -> Iterator[Signal]:
    """One `prescription` signal a statement: waived, required, questionnaire, telemedicine or mention."""
    for wording in reading.signals("prescription-wording"):
        signal = replace(wording, kind="prescription")
        if wording.assertion is Assertion.DENIED and wording.value in _TURNED:
            yield _turned(reading, signal) if _denied_outright(reading, signal) else _affirmed(signal)
        elif wording.assertion is Assertion.ASKED and wording.value in _TURNED:
            yield signal
            settled = _settled(reading, signal)
            if settled:
                yield settled
        else:
            yield signal


def _denied_outright(reading: Reading, signal: Signal) -> bool:
    """Whether a denial is of the statement itself: "if not, send us your prescription" denies no request for one."""
    if signal.value == "waived":
        return True
    gaps = [reading.text[cue.end : signal.start] for cue in signal.cues if cue.end <= signal.start]
    return len(gaps) < len(signal.cues) or any(not gap.startswith(",") for gap in gaps)


def _affirmed(signal: Signal) -> Signal:
    return replace(signal, assertion=Assertion.AFFIRMED, cues=())


def _turned(reading: Reading, signal: Signal) -> Signal:
    """A denied statement says the opposite: "we never ship without a prescription" asks for one."""
    process = signal.value == "waived" and reading.speaks_of_itself(signal.start)
    return replace(
        signal,
        value=_TURNED[signal.value],
        assertion=Assertion.AFFIRMED,
        match=Match.DERIVED,
        attributes={"strength": ("process" if process else "statement",)},
        because=tuple((cue.start, cue.end) for cue in signal.cues),
    )


def _settled(reading: Reading, question: Signal) -> Signal | None:
    """The statement that a question and its yes, no or "no problem" amount to."""
    answer = answer_after(reading, question.start)
    if answer is None:
        return None
    low, high = answer
    words = signals_within(reading.signals("answer"), low, min(low + _ANSWER_REACH, high))
    if not words:
        return None
    if words[0].value == "fine":
        value = "waived"
    else:
        value = question.value if words[0].value == "yes" else _TURNED[question.value]
    return reading.signal(
        "prescription", value, low, high, match=Match.DERIVED, assertion=Assertion.AFFIRMED,
        attributes={"strength": ("process",)}, because=((question.start, question.end),),
    )  # fmt: skip


def answer_after(reading: Reading, offset: int) -> tuple[int, int] | None:
    """The sentence that follows the question at `offset`: in its block, else first of the next block it rules."""
    block = reading.block_at(offset)
    sentence = reading.sentence_at(offset)
    for following in reading.sentences(block):
        if following[0] >= sentence[1]:
            return _trimmed(reading, following)
    for index in range(block.index + 1, min(block.index + 3, len(reading.page.blocks))):
        following_block = reading.page.blocks[index]
        if following_block.level and following_block.level <= (block.level or 7):
            return None
        if reading.block_text(following_block).strip():
            return _trimmed(reading, reading.sentences(following_block)[0])
    return None


def _trimmed(reading: Reading, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and not reading.text[start].isalnum():
        start += 1
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    return start, end
