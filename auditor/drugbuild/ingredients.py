"""Which substance an ingredient of a dump is: the lexicon's, whatever its salt, or one of that name."""

from __future__ import annotations

from auditor.vocabulary.drugs import NameKind
from auditor.vocabulary.lexicon import Lexicon, name_key

# What follows the name of a substance to say in which salt or form it comes.
_SALT_WORDS = (
    "acetate anhydrous aspartate besylate bitartrate bromide calcium carbonate chloride citrate cypionate decanoate "
    "dihydrate dihydrochloride dimesylate dipropionate disodium enanthate esylate fumarate furoate gluconate hcl "
    "hemifumarate hemihydrate hydrate hydrobromide hydrochloride lactate magnesium malate maleate mesylate monohydrate "
    "napsylate nitrate oxalate pamoate phosphate potassium propionate saccharate sodium succinate sulfate sulphate "
    "tartrate tosylate trihydrate valerate"
)
_SALTS = frozenset(_SALT_WORDS.split())


def tidy(name: str) -> str:
    """A name of a dump, in small letters and with single spaces."""
    return " ".join(name.lower().split())


def base_name(name: str) -> str:
    """The name without the salts at its end, unless nothing but salts would stay: "potassium chloride" is a whole."""
    words = tidy(name).split()
    stem = words[:]
    while len(stem) > 1 and stem[-1] in _SALTS:
        stem.pop()
    return " ".join(words if stem[-1:] and stem[-1] in _SALTS else stem)


def substance_of(name: str, lexicon: Lexicon) -> str:
    """The international name of an ingredient, as the lexicon knows it; else its name without the salt."""
    for written in (name, base_name(name)):
        for known in lexicon.names.get(name_key(written), ()):
            if known.kind in (NameKind.GENERIC, NameKind.CHEMICAL) and not known.also:
                return known.substance
    return base_name(name)
