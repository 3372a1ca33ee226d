"""The whole vocabulary: wordings of every language and the drug lexicon, compiled into one matcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import PolicyError
from auditor.vocabulary.fold import fold_phrase
from auditor.vocabulary.lexicon import Ambiguity, Category, Lexicon, Name, load_lexicon
from auditor.vocabulary.matcher import Matcher
from auditor.vocabulary.models import WeighingModel, WordingModel, load_model, load_wording_model
from auditor.vocabulary.wordings import Entry, Phrase, Wordings, phrase_of, read_wordings


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the words of a page are compared with."""

    matcher: Matcher
    lexicon: Lexicon
    abbreviations: frozenset[str]
    first_person: frozenset[str]
    second_person: frozenset[str]
    languages: frozenset[str]
    kinds: Mapping[str, frozenset[str]]  # signal kind to the values its wordings give
    offer_model: WeighingModel
    unprescribed_model: WordingModel


def load_vocabulary(folder: Path, inline: Iterable[tuple[str, Sequence[str], str]] = ()) -> Vocabulary:
    """Read `folder`/vocabulary and `folder`/drugs and compile them.

    `inline`: (signal kind, phrases, language) that policies bring along; they may use the language's sets.

    Raises:
        PolicyError: naming file, line and field of every problem.
    """
    wordings = read_wordings(folder / "vocabulary")
    phrases = wordings.phrases + _inline_phrases(inline, wordings)
    lexicon = load_lexicon(folder / "drugs")
    models = folder / "models"
    expert = load_model(models / "offer.yaml", WeighingModel)
    kinds: dict[str, set[str]] = {}
    for phrase in phrases:
        kinds.setdefault(phrase.entry.signal, set()).add(phrase.entry.value)
    return Vocabulary(
        Matcher(phrases, _folded_names(lexicon), _disguised_names(lexicon), _buying_verbs(phrases)),
        lexicon,
        wordings.abbreviations,
        wordings.first_person,
        wordings.second_person,
        frozenset(phrase.entry.language for phrase in phrases),
        {kind: frozenset(values) for kind, values in kinds.items()},
        expert,
        load_wording_model(models / "unprescribed.yaml", models / "unprescribed-words.tsv", expert),
    )


def _folded_names(lexicon: Lexicon) -> Iterator[tuple[str, Name | Category]]:
    for category in lexicon.categories.values():
        for wording in {wording for wordings in category.wordings.values() for wording in wordings}:
            yield fold_phrase(wording), category
    for surface, names in lexicon.names.items():
        folded = fold_phrase(surface)
        for name in names:
            yield folded, name


def _disguised_names(lexicon: Lexicon) -> dict[str, str]:
    """The single words that are a medicine's name beyond doubt, each with its substance."""
    return {
        fold_phrase(surface): names[0].substance
        for surface, names in lexicon.names.items()
        if " " not in fold_phrase(surface) and names[0].ambiguity is Ambiguity.FREE
    }


def _buying_verbs(phrases: Iterable[Phrase]) -> Iterator[str]:
    """The single words, of whatever language, that call to buy."""
    for phrase in phrases:
        if (phrase.entry.signal, phrase.entry.value) == ("act", "buy-verb") and len(phrase.parts) == 1:
            yield from (wording for wording in phrase.parts[0] if wording.isalpha() and wording.isascii())


def _inline_phrases(inline: Iterable[tuple[str, Sequence[str], str]], wordings: Wordings) -> list[Phrase]:
    problems: list[str] = []
    phrases: list[Phrase] = []
    for kind, written, language in inline:
        entry = Entry(kind, "found", language, "own", False, source=kind)
        for phrase in written:
            phrases += phrase_of(entry, phrase, wordings.sets.get(language, {}), kind, problems)
    if problems:
        raise PolicyError(problems)
    return phrases
