"""Generated pages, shaped like real ones: much head, style and script, about a fifth of visible text."""

from __future__ import annotations

import random

_SUBJECTS = ["The clinic", "A pharmacist", "Your doctor", "Sleep", "The label", "Each tablet", "A short course", "Pain"]
_VERBS = ["describes", "depends on", "may change", "does not replace", "follows", "is measured by", "leads to"]
_OBJECTS = [
    "the usual dose",
    "the time of the day",
    "a good night",
    "how much was taken before",
    "the advice on the package",
    "other medicines such as ibuprofen",
    "the side effects that were reported",
    "a visit every six months",
]
_MEDICAL = [
    "Zolpidem is used for short periods when sleep does not come.",
    "Diazepam must not be taken together with opioids, because breathing can slow down.",
    "Order sertraline 50 mg: 90 tablets for $49.00, delivered in five days.",
    "A prescription is required for every order of tramadol.",
    "Studies have shown that the effect wears off after four weeks.",
    "Reviewed by Dr. Ana Brandt, MD, on 12 March 2025.",
    "Ask your doctor before you stop taking alprazolam.",
    "No prescription needed, says the advertisement that the regulator warned about.",
]


def page(size: int, seed: int = 7) -> bytes:
    """An HTML page of about `size` bytes. The same size and seed give the same page."""
    chance = random.Random(seed)
    parts = [_head(chance, size // 3), _navigation(chance)]
    length = sum(map(len, parts))
    number = 0
    while length < size - 600:
        number += 1
        part = chance.choice([_section, _section, _cards, _table, _list, _script, _script, _script])(chance, number)
        parts.append(part)
        length += len(part)
    parts.append(_footer(chance))
    return "".join(parts).encode()


def _sentence(chance: random.Random) -> str:
    if chance.random() < 0.08:
        return chance.choice(_MEDICAL)
    return f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)}."


def _paragraph(chance: random.Random) -> str:
    words = " ".join(_sentence(chance) for _ in range(chance.randint(2, 6)))
    words = words.replace("the ", '<a href="/about?utm=x&amp;y=1" class="link link--inline">the</a> ', 1)
    key = f"{chance.randrange(16**8):08x}"
    return (
        f'<div class="block block--text" data-component="RichText" data-key="{key}"><div class="block__inner u-pb-2">'
        f'<p class="text text--body u-mb-4 u-color-body">{words}</p></div></div>\n'
    )


def _head(chance: random.Random, size: int) -> str:
    rules = []
    for number in range(max(3, size // 120)):
        rules.append(
            f".c-{number}{{margin:{chance.randrange(40)}px;padding:0 {chance.randrange(9)}px;color:#3{number % 9}4}}"
        )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<title>Sleep and medicines | Example Health</title>\n"
        '<meta name="description" content="What to know about medicines for sleep.">\n'
        f"<style>{''.join(rules[: len(rules) // 2])}</style>\n{_script(chance, 0)}"
        f'<style>{"".join(rules[len(rules) // 2 :])}</style></head><body class="page">\n'
    )


def _navigation(chance: random.Random) -> str:
    items = "".join(f'<li class="nav__item"><a href="/topic/{n}">Topic {n}</a></li>' for n in range(12))
    return f'<header class="site-header"><nav aria-label="Main"><ul class="nav">{items}</ul></nav></header><main>\n'


def _section(chance: random.Random, number: int) -> str:
    body = "".join(_paragraph(chance) for _ in range(chance.randint(2, 5)))
    heading = f'<h2 class="heading">{_sentence(chance).rstrip(".")}</h2>'
    return f'<section class="section section--{number}" id="s{number}">{heading}\n{body}</section>\n'


def _cards(chance: random.Random, number: int) -> str:
    card = (
        '<div class="product-card" data-id="{id}"><img src="/img/{id}.webp" alt="Package" width="320" height="240" '
        'loading="lazy" srcset="/img/{id}-2x.webp 2x, /img/{id}-3x.webp 3x"><h3 class="product-card__title">Pillow '
        '{id}</h3><span class="price">${price}.99</span><button class="button button--primary" type="button">Add to '
        "cart</button></div>\n"
    )
    cards = "".join(card.format(id=chance.randrange(9999), price=chance.randrange(9, 90)) for _ in range(4))
    return f'<div class="grid grid--{number}">{cards}</div>\n'


def _table(chance: random.Random, number: int) -> str:
    cell = '<td class="table__cell">{}</td>'
    rows = "".join(
        f'<tr class="table__row">{cell.format(f"{10 * n} mg")}{cell.format(chance.choice(_OBJECTS))}</tr>'
        for n in range(1, 7)
    )
    head = "<thead><tr><th>Dose</th><th>Note</th></tr></thead>"
    return f'<table class="table" id="t{number}">{head}<tbody>{rows}</tbody></table>\n'


def _list(chance: random.Random, number: int) -> str:
    items = "".join(f'<li class="list__item">{_sentence(chance)}</li>' for _ in range(5))
    return f'<ul class="list list--{number}">{items}</ul>\n'


def _script(chance: random.Random, number: int) -> str:
    events = "".join(
        f'w.q.push({{"event":"view","id":"{chance.randrange(16**12):012x}","at":{chance.randrange(10**9)}}});'
        for _ in range(8)
    )
    return f'<script data-n="{number}">(function(w){{w.q=w.q||[];{events}}})(window);</script>\n'


def _footer(chance: random.Random) -> str:
    return (
        '</main><footer class="site-footer"><p>Example Health, 1 Sample Street, Springfield. '
        f"Call +1 202 555 01{chance.randrange(10, 99)}.</p>"
        "<p>This page does not replace the advice of a doctor.</p></footer></body></html>\n"
    )
