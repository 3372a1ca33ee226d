"""Dumps -> entries: one a name that a dump gives, with the substances it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.drugbuild.ingredients import base_name, substance_of, tidy
from auditor.drugbuild.records import Dump, Product, Source, Status, Term
from auditor.vocabulary.drugs import NameKind
from auditor.vocabulary.lexicon import Lexicon, name_key


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as one dump gives it. `schedule` and `status` are those of the product, where a product has the name."""

    surface: str
    kind: NameKind
    substances: tuple[str, ...]
    source: Source
    schedule: str = ""
    status: Status = Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class Claim:
    """What one product of a single substance says of that substance."""

    substance: str
    schedule: str
    status: Status
    drug_class: str
    source: Source


def entries_of(dumps: Sequence[Dump], lexicon: Lexicon) -> list[Entry]:
    """Every name of the prescription medicines in the dumps.

    Over-the-counter products give none (most are cosmetics); nor do terms of substances that nothing calls a medicine.
    """
    terms = [term for dump in dumps for term in dump.terms]
    products = [product for dump in dumps for product in dump.products if product.status != Status.OVER_THE_COUNTER]
    found = [entry for product in products for entry in _of_product(product, lexicon)]
    found += [_of_term(term, lexicon) for term in terms if term.certain]
    medicines = lexicon.substances.keys() | {inn for entry in found for inn in entry.substances}
    others = [_of_term(term, lexicon) for term in terms if not term.certain]
    return [*found, *(entry for entry in others if entry.substances[0] in medicines)]


def claims_of(dumps: Sequence[Dump], lexicon: Lexicon) -> list[Claim]:
    """What the products of a single substance say of it, those sold over the counter too."""
    return [
        Claim(inns[0], product.schedule, product.status, product.drug_class, product.source)
        for dump in dumps
        for product in dump.products
        if len(inns := _substances(product, lexicon)) == 1
    ]


def _of_product(product: Product, lexicon: Lexicon) -> Iterator[Entry]:
    generics = set()
    for ingredient in product.ingredients:
        for name in {tidy(ingredient), base_name(ingredient)}:
            generics.add(name_key(name))
            yield Entry(name, NameKind.GENERIC, (substance_of(ingredient, lexicon),), product.source)
    brand = " ".join(product.brand.split())
    if name_key(brand) and name_key(brand) not in generics and name_key(base_name(brand)) not in generics:
        inns = _substances(product, lexicon)
        kind = NameKind.COMBINATION if len(inns) > 1 else NameKind.BRAND
        yield Entry(brand, kind, inns, product.source, product.schedule, product.status)


def _of_term(term: Term, lexicon: Lexicon) -> Entry:
    surface, kind = (term.name, NameKind.BRAND) if term.brand else (tidy(term.name), NameKind.GENERIC)
    return Entry(surface, kind, (substance_of(term.of, lexicon),), term.source)


def _substances(product: Product, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(sorted({substance_of(ingredient, lexicon) for ingredient in product.ingredients}))
