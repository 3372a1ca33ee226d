"""What elements hand down to their text: region, list and table, language, and whether it is seen."""

from __future__ import annotations

from functools import cached_property

from selectolax.lexbor import LexborNode

from auditor.model import Visibility
from auditor.page import tags
from auditor.page.draft import Draft
from auditor.page.flow import Context
from auditor.page.regions import REGIONS, role_of
from auditor.page.shapes import Shape
from auditor.page.stylesheet import Declarations
from auditor.page.visibility import ON_WHITE, PLAIN, UNTOUCHED, Look, merged, styled

Attributes = dict[str, str | None]


class Contexts:
    """Derives the context inside an element from the one around it."""

    def __init__(self, draft: Draft, sheet: dict[int, Declarations], source: str) -> None:
        self.draft = draft
        self.sheet = sheet
        self.source = source

    @cached_property
    def ground(self) -> Look:
        """How the page looks before its elements say anything: one that nowhere sets a background is white."""
        signs = ("background", "bgcolor", "stylesheet")
        if any(sign in self.source for sign in signs):
            return PLAIN
        lowered = self.source.lower()
        return PLAIN if any(sign in lowered for sign in signs) else ON_WHITE

    def inside(self, node: LexborNode, shape: Shape, attributes: Attributes, context: Context) -> Context:
        """What an element hands down that is not plain, or whose attributes or style rules say something."""
        tag = shape.tag
        if shape.speaks:
            context = _placed(node, shape, context)
        if shape.part:
            context = self._grouped(tag, context)
        if "lang" in attributes and tag != "html":
            context = context._replace(language=primary_language(attributes["lang"]))
        if shape.names.off_screen:
            context = _gone(context, Visibility.OFFSCREEN)
        if shape.look or not tags.LOOKS.isdisjoint(attributes) or (self.sheet and node.mem_id in self.sheet):
            return self._looked(tag, attributes, node.mem_id, context)
        return context

    def _grouped(self, tag: str, context: Context) -> Context:
        if tag in tags.GROUPS:
            return context._replace(group=self.draft.new_group())
        if tag == "table":
            if context.table >= 0:
                self.draft.layout_tables.add(context.table)
            group = self.draft.new_group()
            return context._replace(group=group, table=group, row=-1)
        if tag == "tr":
            return context._replace(row=self.draft.new_group())
        if tag == "svg":
            return context._replace(drawn=True)
        return context._replace(in_article=True)

    def _looked(self, tag: str, attributes: Attributes, ident: int, context: Context) -> Context:
        """The context with what the element's own declarations do to its text."""
        look = self.ground if context.look is UNTOUCHED else context.look
        if tag not in tags.WHOLE:
            look = _marked(tag, attributes, look)
            sheet = self.sheet.get(ident) if self.sheet else None
            style = attributes.get("style")
            if sheet or style:
                look = styled(look, merged(sheet, style))
        elif attributes.get("style") or attributes.get("bgcolor"):
            look = _backed(attributes, look)
        if look is context.look:
            return context
        return context._replace(look=look, visibility=look.visibility)


def primary_language(declared: str | None) -> str:
    """The primary language of a tag such as "de-AT"."""
    return (declared or "").strip().replace("_", "-").partition("-")[0].partition(",")[0].lower()[:8]


def _placed(node: LexborNode, shape: Shape, context: Context) -> Context:
    """The context with the region that an element opens."""
    role = role_of(shape.tag, shape.aria, shape.names.role, context.role, in_article=context.in_article)
    if role is context.role or (shape.tag == "form" and node.css_first(tags.WRAPPED) is not None):
        return context
    return context._replace(role=role, region=role if role in REGIONS else context.region)


def _gone(context: Context, how: Visibility) -> Context:
    look = context.look if context.look.gone else context.look._replace(gone=how)
    return context._replace(look=look, visibility=look.visibility)


def _marked(tag: str, attributes: Attributes, look: Look) -> Look:
    """What an element hides by its tag and attributes, without any style."""
    if look.gone is not None:
        return look
    if tag == "noscript":
        return look._replace(gone=Visibility.NOSCRIPT)
    if "hidden" in attributes or "popover" in attributes or tag in tags.NOT_SHOWN:
        return look._replace(gone=Visibility.HIDDEN)
    if tag == "dialog" and "open" not in attributes:
        return look._replace(gone=Visibility.HIDDEN)
    if attributes.get("aria-hidden") == "true":
        look = look._replace(aria=True)
    return _backed(attributes, look) if "bgcolor" in attributes or tag == "font" else look


def _backed(attributes: Attributes, look: Look) -> Look:
    """Colours set by attributes, and those a `style` gives the whole page."""
    found = {
        "background-color": (attributes.get("bgcolor") or "", False),
        "color": (attributes.get("color") or "", False),
    }
    if attributes.get("style"):
        own = merged(None, attributes["style"])
        found |= {name: own[name] for name in ("background", "background-color", "color") if name in own}
    return styled(look, {name: value for name, value in found.items() if value[0]})
