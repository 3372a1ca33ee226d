"""What elements are by their tags: which break the line, which form blocks of a kind, which are never shown."""

from __future__ import annotations

from auditor.model import BlockKind

SKIPPED = frozenset({"script", "style", "template", "iframe"})
BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "xmp",
        "button",
        "select",
        "textarea",
        "label",
    ]
)
LEVELS = {f"h{level}": level for level in range(1, 7)}
KINDS = dict.fromkeys(LEVELS, BlockKind.HEADING) | {
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
    "button": BlockKind.BUTTON,
    "option": BlockKind.OPTION,
    "optgroup": BlockKind.OPTION,
    "label": BlockKind.FIELD,
    "legend": BlockKind.FIELD,
    "textarea": BlockKind.FIELD,
    "pre": BlockKind.CODE,
    "listing": BlockKind.CODE,
    "xmp": BlockKind.CODE,
    "title": BlockKind.TITLE,
}
AFRESH = frozenset(
    [
        "body",
        "table",
        "form",
        "blockquote",
        "article",
        "section",
        "aside",
        "nav",
        "main",
        "header",
        "footer",
        "fieldset",
    ]
)
GROUPS = frozenset({"ul", "ol", "dl", "menu"})
NOT_SHOWN = frozenset({"audio", "video", "canvas", "datalist", "noframes", "noembed", "rp"})
ARTICLES = frozenset({"main", "article", "section"})
CLOSING = frozenset({"a", "tr", "table", "form"})  # what to do when these end goes beyond ending a block
WHOLE = frozenset({"html", "head", "body"})  # a script shows them in the end, whatever the style says
CARD_TAGS = frozenset({"div", "li", "article", "section", "a", "td", "figure", "form", "tr", "tbody", "ul", "span"})
LOOKING = NOT_SHOWN | {"noscript", "dialog", "font"}  # their tags say something of whether their text is seen
ACTING = frozenset(
    [
        "a",
        "area",
        "base",
        "br",
        "form",
        "html",
        "img",
        "input",
        "label",
        "link",
        "meta",
        "noscript",
        "script",
        "select",
        "textarea",
        "time",
        "title",
    ]
)
LOOKS = frozenset({"style", "hidden", "aria-hidden", "popover", "bgcolor"})
SCOPES = frozenset({"itemscope", "typeof"})  # attributes that open items of structured data
TELLING = LOOKS | SCOPES | {"lang", "role", "itemtype"}  # attributes that say something of an element beside its names
WRAPPED = "nav,main,header,footer,article,h1"  # a form around any of these is the whole page, not a form
