"""How bytes become text, how much of a page a capture holds, and in which language it is."""

from __future__ import annotations

import pytest

from auditor.model import Completeness, Kind

from .reading import page, text_page

WORDS = "<p>Grüße, naïve café — “quoted” text €</p>"
SHOWN = "Grüße, naïve café — “quoted” text €"


@pytest.mark.parametrize(
    ("body", "hint", "encoding"),
    [
        (WORDS.encode(), "", "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "windows-1252", "utf-8"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "", "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-8", "utf-16-be"),
        (WORDS.encode("utf-16-le"), "", "utf-16-le"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252"),
        (b"<meta charset=windows-1252>" + WORDS.encode("cp1252"), "", "cp1252"),
        (b"<meta charset='utf-8'>" + WORDS.encode("cp1252"), "", "cp1252"),
        (b'<meta http-equiv=c content="text/html; charset=latin1">' + WORDS.encode("cp1252"), "nonsense", "cp1252"),
        (WORDS.encode(), "base64", "utf-8"),
    ],
)
def test_encodings(body: bytes, hint: str, encoding: str) -> None:
    read = page(body, encoding_hint=hint)
    assert (read.text, read.encoding) == (SHOWN, encoding)


ALPHABETS = {
    "shift_jis": "こんにちは",
    "euc-jp": "こんにちは",
    "gbk": "你好",
    "big5": "你好",
    "koi8-r": "Привет",
    "windows-1251": "Привет",
    "euc-kr": "안녕하세요",
}


@pytest.mark.parametrize(("name", "text"), ALPHABETS.items())
def test_other_alphabets_by_their_header(name: str, text: str) -> None:
    assert page(f"<p>{text}".encode(name), encoding_hint=name).text == text


def test_an_encoding_without_a_label_is_detected() -> None:
    text = "Таблетки продаются без рецепта врача и доставляются по всей стране почтой."
    assert page(f"<p>{text}".encode("windows-1251")).text == text


LONG = "<p>" + "A page with a good deal of text that says something of use. " * 40


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (LONG, Completeness.COMPLETE),
        ("<p>Short but fine", Completeness.COMPLETE),
        ("", Completeness.EMPTY),
        ("<title>Only a title</title>", Completeness.EMPTY),
        ("<p hidden>unseen", Completeness.EMPTY),
        ("<title>Just a moment...</title><p>Checking your browser before you go on", Completeness.BLOCKED),
        ("<h1>Please log in</h1><form><input type=password></form>", Completeness.BLOCKED),
        ("<div class=g-recaptcha></div><p>One more step", Completeness.BLOCKED),
        (LONG + "<p>Please log in to comment.", Completeness.COMPLETE),
        (
            "<div id=root></div><script>x</script><noscript>Please enable JavaScript</noscript>",
            Completeness.SCRIPT_ONLY,
        ),
        ("<div id=app>Loading</div><script src=a.js></script>", Completeness.SCRIPT_ONLY),
        ("<noscript>Please enable JavaScript</noscript><script>x</script>" + LONG, Completeness.COMPLETE),
    ],
)
def test_completeness(html: str, expected: Completeness) -> None:
    read = page(html)
    assert read.completeness is expected
    assert bool(read.reason) is (expected is not Completeness.COMPLETE)


@pytest.mark.parametrize("state", [Completeness.TRUNCATED, Completeness.ERROR, Completeness.UNSUPPORTED])
def test_what_the_source_knows_stands(state: Completeness) -> None:
    read = page(LONG, completeness=state, reason="cut")
    assert (read.completeness, read.reason) == (state, "cut")


def test_what_is_no_page_is_unsupported() -> None:
    assert page(b"%PDF-1.7", Kind.UNSUPPORTED).completeness is Completeness.UNSUPPORTED


def test_a_wall_is_no_page_even_when_cut_off() -> None:
    assert page("<p>Verify you are human", completeness=Completeness.TRUNCATED).completeness is Completeness.BLOCKED


def test_empty_saved_text_is_empty() -> None:
    assert text_page(" \n\n").completeness is Completeness.EMPTY
    assert page(b"", Kind.MARKDOWN).completeness is Completeness.EMPTY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("These tablets are not for children, and you have to keep them out of their reach at all times.", "en"),
        ("Estas pastillas no son para los niños y se deben guardar en un lugar seguro para que no las tomen.", "es"),
        (
            "Diese Tabletten sind nicht für Kinder und werden an einem sicheren Ort mit dem Beipackzettel verwahrt.",
            "de",
        ),
        ("Ces comprimés ne sont pas pour les enfants et doivent être gardés dans un endroit sûr avec la notice.", "fr"),
        ("Estes comprimidos não são para as crianças e devem ser guardados em um lugar seguro com a bula.", "pt"),
        (
            "Queste compresse non sono per i bambini e vanno tenute in un luogo sicuro con il foglio della scatola.",
            "it",
        ),
        ("Deze tabletten zijn niet voor kinderen en worden op een veilige plaats bij de bijsluiter bewaard.", "nl"),
        ("Таблетки продаются без рецепта врача и доставляются по всей стране почтой в течение двух недель.", "ru"),
        (
            "Alpha 5mg Beta 10mg Gamma 20mg Delta 2mg Epsilon 50mg for the best of you and your rest Zeta 5mg Eta",
            "en",
        ),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert text_page(text).language == language


def test_the_declared_language_counts_where_the_text_does_not_tell() -> None:
    read = page("<html lang=fr-CA><p>OK")
    assert (read.language, read.declared_language) == ("fr", "fr")


def test_a_wrongly_declared_language_is_overruled() -> None:
    read = page("<html lang=en><p>Diese Tabletten sind nicht für Kinder und werden mit dem Beipackzettel verwahrt.")
    assert (read.language, read.declared_language) == ("de", "en")
