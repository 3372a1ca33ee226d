"""HTML to draft: one walk over the tree, without recursion and without changing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from auditor.model import BlockKind, Role, Visibility
from auditor.page import tags
from auditor.page.contexts import Attributes, Contexts, primary_language
from auditor.page.draft import CardCandidate, Draft, DraftForm, DraftLink, DraftMatch, Stamp
from auditor.page.fields import Fields, shown_value
from auditor.page.flow import Context, Flow, Frame, Span
from auditor.page.regions import naming
from auditor.page.stylesheet import hidden_elements
from auditor.page.visibility import ON_WHITE, PLAIN, Look


def walk(parser: LexborHTMLParser, source: str, draft: Draft, selectors: Sequence[str] = ()) -> None:
    """Read the tree of a page into a draft.

    Args:
        parser: the tree; it is only read.
        source: the HTML it was parsed from.
        draft: filled with blocks, links, forms and what markup says.
        selectors: CSS selectors whose elements' places are wanted; faulty ones match nothing.
    """
    if parser.root is not None:
        _Walk(parser, source, draft, selectors).run(parser.root)


def _watched(parser: LexborHTMLParser, selectors: Sequence[str]) -> dict[int, list[str]]:
    """For each element that a selector names, the selectors that do."""
    found: dict[int, list[str]] = {}
    for selector in selectors:
        try:
            nodes = parser.css(selector)
        except (SelectolaxError, ValueError):
            continue
        for node in nodes:
            found.setdefault(node.mem_id, []).append(selector)
    return found


def _first_look(source: str) -> Look:
    """A page that nowhere sets a background is white."""
    signs = ("background", "bgcolor", "stylesheet")
    if any(sign in source for sign in signs):
        return PLAIN
    lowered = source.lower()
    return PLAIN if any(sign in lowered for sign in signs) else ON_WHITE


class _Walk:
    """The state of one walk: what is attached to open elements, and where text goes."""

    def __init__(self, parser: LexborHTMLParser, source: str, draft: Draft, selectors: Sequence[str]) -> None:
        self.draft = draft
        self.flow = Flow(draft)
        self.fields = Fields()
        self.sheet = hidden_elements(parser, source)
        self.contexts = Contexts(draft, self.sheet)
        self.watched = _watched(parser, selectors)
        self.look = _first_look(source)
        self.table_rows: dict[int, int] = {}
        self.after_link = -1

    def run(self, root: LexborNode) -> None:
        """Visit every node in document order, closing elements as they end."""
        parent = root.parent
        top = Frame(parent.mem_id if parent is not None else -1, "", None, 1, Context(look=self.look))
        frames = [top]
        flow = self.flow
        for node in root.traverse(include_text=True):
            parent = node.parent
            above = parent.mem_id if parent is not None else -1
            while top.node != above and len(frames) > 1:
                if top.closing:
                    self._close(top)
                elif top.breaking and flow.pending:
                    flow.flush()
                frames.pop()
                top = frames[-1]
            tag = node.tag
            if tag == "-text":
                if not top.context.skipped:
                    write = flow.lines if top.preformatted else flow.text
                    write(node.text_content or "", top)
            elif tag and tag[0] not in "-!":
                top = self._open(node, tag, top)
                frames.append(top)
        for frame in reversed(frames):
            self._close(frame)
        flow.flush()
        self.fields.finish()

    def _open(self, node: LexborNode, tag: str, parent: Frame) -> Frame:
        ident = node.mem_id
        frame = Frame(ident, tag, parent, parent.count(tag), parent.context)
        if frame.context.skipped:
            return frame
        attributes: Attributes = node.attributes
        is_block = tag in tags.BLOCKS
        if attributes or tag in tags.SPECIAL:
            is_block = self._describe(node, tag, attributes, frame) or is_block
        elif self.sheet and ident in self.sheet:
            frame.context = self.contexts.looked(tag, attributes, ident, frame.context)
        if is_block:
            self._open_block(tag, frame, parent)
        else:
            frame.outer = parent.outer or parent
            frame.preformatted = parent.preformatted
        if self.watched and ident in self.watched:
            self._watch(self.watched[ident], frame)
        handler = _HANDLERS.get(tag)
        if handler is not None:
            handler(self, node, attributes, frame)
        return frame

    def _describe(self, node: LexborNode, tag: str, attributes: Attributes, frame: Frame) -> bool:
        """Set what an element's attributes say of it; whether they make it a block."""
        names = naming(attributes.get("class") or "", attributes.get("id") or "", attributes.get("itemtype") or "")
        frame.context = self.contexts.inside(node, tag, attributes, frame.context, names)
        if tag == "a" and (names.button or attributes.get("role") == "button"):
            frame.kind = BlockKind.BUTTON
            return True
        if names.card and tag in tags.CARD_TAGS:
            frame.card = 2 if names.typed else 1
            return True
        return False

    def _watch(self, selectors: list[str], frame: Frame) -> None:
        for selector in selectors:
            match = DraftMatch(selector)
            self.draft.matches.append(match)
            self._span(match, frame)

    def _open_block(self, tag: str, frame: Frame, parent: Frame) -> None:
        frame.breaking = True
        frame.closing = frame.card > 0 or tag in tags.CLOSING
        if self.flow.pending:
            self.flow.flush()
        frame.first = len(self.draft.blocks)
        kind = tags.KINDS.get(tag)
        if kind is not None:
            frame.kind = kind
            frame.level = tags.LEVELS.get(tag, 0)
        elif frame.kind is not BlockKind.BUTTON and tag not in tags.AFRESH:
            block = parent.outer or parent
            frame.kind = block.kind
            frame.level = block.level
        if frame.kind is BlockKind.CODE:
            frame.preformatted = True

    def _close(self, frame: Frame) -> None:
        if frame.breaking and self.flow.pending:
            self.flow.flush()
        for span in frame.spans:
            self.flow.close_span(span)
        if frame.tag == "a":
            self.after_link = self.flow.end
        elif frame.tag == "tr" and frame.counts and frame.counts.get("td", 0) + frame.counts.get("th", 0) > 1:
            self.table_rows[frame.context.table] = self.table_rows.get(frame.context.table, 0) + 1
        elif frame.tag == "table" and self.table_rows.get(frame.context.table, 0) < 2:
            self.draft.layout_tables.add(frame.context.table)
        elif frame.tag == "form":
            self.fields.close_form()
        if frame.card and len(self.draft.blocks) > frame.first:
            self.draft.candidates.append(CardCandidate(frame.first, len(self.draft.blocks), frame.card == 2))

    def _span(self, span: Span, frame: Frame) -> None:
        frame.spans = (*frame.spans, span)
        frame.closing = True
        self.flow.open_span(span)

    # ----------------------------------------------------------------------------------- elements with a meaning

    def _anchor(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        if self.after_link == self.flow.end:  # two links side by side never read as one word
            self.flow.space()
        if "href" in attributes:
            href = (attributes["href"] or "").strip()
            link = DraftLink(href, attributes.get("rel") or "", frame.context.role)
            self.draft.links.append(link)
            self._span(link, frame)

    def _break(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.flow.line_break(frame)

    def _image(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.flow.aside(attributes.get("alt") or "", BlockKind.IMAGE, frame)

    def _input(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.fields.input("input", attributes)
        text, pressed = shown_value(attributes)
        if text.strip():
            self.flow.whole(text, BlockKind.BUTTON if pressed else BlockKind.FIELD, frame)

    def _field(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.fields.input(frame.tag, attributes)
        placeholder = attributes.get("placeholder") or ""
        if placeholder.strip():
            self.flow.whole(placeholder, BlockKind.FIELD, frame)

    def _label(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        inner = None if attributes.get("for") else node.css_first("input,select,textarea")
        wrapped = (inner.attributes.get("id") or inner.attributes.get("name") or "") if inner is not None else ""
        self.fields.label(attributes, node.text(deep=True), wrapped)

    def _form(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        form = DraftForm((attributes.get("action") or "").strip(), (attributes.get("method") or "get").lower())
        self.draft.forms.append(form)
        self.fields.open_form(form)
        self._span(form, frame)

    def _time(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        stamp = Stamp(attributes.get("datetime") or "", attributes.get("itemprop") or "")
        self.draft.stamps.append(stamp)
        self._span(stamp, frame)

    def _title(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        if frame.within("svg"):  # of a drawing: what its alternative text would be
            self.flow.aside(node.text(deep=True), BlockKind.IMAGE, frame)
            frame.context = frame.context._replace(skipped=True)
        else:
            frame.context = frame.context._replace(role=Role.META, visibility=Visibility.META)

    def _noscript(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.flow.aside(_plain(node.text(deep=True)), BlockKind.PARAGRAPH, frame)
        frame.context = frame.context._replace(skipped=True)

    def _html(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.draft.declared_language = primary_language(attributes.get("lang") or attributes.get("xml:lang"))

    def _meta(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = attributes.get("content") or ""
        if not name:
            if (attributes.get("http-equiv") or "").lower() == "content-language" and not self.draft.declared_language:
                self.draft.declared_language = primary_language(content)
            return
        self.draft.add_head(name, content)
        if name == "description" and content.strip():
            frame.context = frame.context._replace(role=Role.META, visibility=Visibility.META)
            self.flow.whole(content, BlockKind.DESCRIPTION, frame)

    def _link(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        if "canonical" in (attributes.get("rel") or "").lower().split() and not self.draft.canonical:
            self.draft.canonical = (attributes.get("href") or "").strip()

    def _base(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.draft.base = self.draft.base or (attributes.get("href") or "").strip()


_HANDLERS: dict[str, Callable[[_Walk, LexborNode, Attributes, Frame], None]] = {
    "a": _Walk._anchor,
    "area": _Walk._image,
    "base": _Walk._base,
    "br": _Walk._break,
    "form": _Walk._form,
    "html": _Walk._html,
    "img": _Walk._image,
    "input": _Walk._input,
    "label": _Walk._label,
    "link": _Walk._link,
    "meta": _Walk._meta,
    "noscript": _Walk._noscript,
    "select": _Walk._field,
    "textarea": _Walk._field,
    "time": _Walk._time,
    "title": _Walk._title,
}


def _plain(source: str) -> str:
    """The text of markup that is only shown without scripts."""
    root = LexborHTMLParser(source).root
    if root is None:
        return ""
    texts = (node for node in root.traverse(include_text=True) if node.tag == "-text")
    return " ".join(node.text_content or "" for node in texts if _tag_above(node) not in tags.SKIPPED)


def _tag_above(node: LexborNode) -> str:
    parent = node.parent
    return (parent.tag or "") if parent is not None else ""
