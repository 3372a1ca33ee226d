"""What pages in nine languages offer, and what they say of a prescription."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from auditor.assets import asset_folder
from auditor.model import Assertion, Capture, Kind
from auditor.page import read_page
from auditor.signals import Facts, detect
from auditor.vocabulary import Vocabulary, load_vocabulary
from auditor.yamlfile import load_yaml

LIKELY = 0.7  # an offer that a reader would not doubt
DOUBTFUL = 0.5  # one that nobody should be troubled with

SNIPPETS = cast(
    dict[str, list[dict[str, str]]], load_yaml((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
)
CASES = [
    pytest.param(expected, text, id=f"{language}-{number}-{expected}")
    for language, snippets in SNIPPETS.items()
    for number, snippet in enumerate(snippets, 1)
    for expected, text in snippet.items()
]


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(asset_folder("policies"))


def facts(text: str) -> Facts:
    body = text.encode()
    capture = Capture(
        requested="snippet",
        url="file:///snippet",
        kind=Kind.TEXT,
        body=body,
        size=len(body),
        captured_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    return detect(read_page(capture), vocabulary(), dt.date(2026, 11, 1))


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_offer_and_stance(expected: str, text: str) -> None:
    found = facts(text)
    offers = [signal for signal in found.signals if signal.kind == "offer"]
    if expected in {"waived", "silent"}:
        assert {offer.attributes["stance"][0] for offer in offers if offer.confidence >= LIKELY} == {expected}
        return
    loose = [offer for offer in offers if offer.attributes["stance"][0] in {"waived", "silent"}]
    assert [offer.value for offer in loose if offer.confidence >= DOUBTFUL] == []
    if expected == "asks":
        prescriptions = [signal for signal in found.signals if signal.kind == "prescription"]
        assert "required" in {signal.value for signal in prescriptions if signal.assertion is Assertion.AFFIRMED}


@pytest.mark.parametrize("language", ["es", "de", "fr", "pt", "it", "nl", "pl", "ru", "hi"])
def test_disclaimers_are_known(language: str) -> None:
    texts = {
        "es": "Esta información no sustituye el consejo médico.",
        "de": "Die Inhalte ersetzen nicht den Arztbesuch.",
        "fr": "Cet article ne remplace pas un avis médical.",
        "pt": "Este conteúdo não substitui uma consulta médica.",
        "it": "Queste informazioni non sostituiscono il parere medico.",
        "nl": "Deze tekst vervangt geen medisch advies.",
        "pl": "Tekst nie zastępuje porady lekarskiej.",
        "ru": "Материал не заменяет консультацию врача.",
        "hi": "यह लेख केवल जानकारी के लिए है।",
    }
    assert [signal.value for signal in facts(texts[language]).signals if signal.kind == "disclaimer"] == ["full"]


def test_hindi_words_are_told_apart_by_their_vowels() -> None:
    assert [signal.value for signal in facts("दवा बिना पर्चे के").signals if signal.kind == "prescription"] == ["waived"]
    assert not [signal for signal in facts("दवा बनी परचा के").signals if signal.kind == "prescription"]


def test_polish_without_its_letters() -> None:
    acts = [signal.value for signal in facts("szybka wysylka kurierem").signals if signal.kind == "act"]
    assert set(acts) == {"ship"}
