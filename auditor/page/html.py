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
from auditor.page.shapes import Shape, shape_of
from auditor.page.stylesheet import hidden_elements
from auditor.page.visibility import UNTOUCHED

_PATH_LIMIT = 400  # characters; deeper elements share their ancestor's path
_TELLING = tags.TELLING


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


class _Walk:
    """The state of one walk: what is attached to open elements, and where text goes."""

    def __init__(self, parser: LexborHTMLParser, source: str, draft: Draft, selectors: Sequence[str]) -> None:
        self.draft = draft
        self.flow = Flow(draft)
        self.fields = Fields()
        self.sheet = hidden_elements(parser, source)
        self.contexts = Contexts(draft, self.sheet, source)
        self.watched = _watched(parser, selectors)
        self.table_rows: dict[int, int] = {}
        self.after_link = -1

    def run(self, root: LexborNode) -> None:
        """Visit every node in document order, closing elements as they end.

        This loop and what it calls run for every node of every page, which is why it steps from node to node itself:
        asking each node for its parent takes longer.
        """
        flow, opened = self.flow, self._open
        top = Frame(root, "", "", Context(look=UNTOUCHED), None, {})
        frames = [top]
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag
            if tag == "-text":
                flow.text(node.text_content or "", top)
                node = node.next
            elif tag and node.is_element_node:
                top = opened(node, tag, top)
                frames.append(top)
                node = None if top.sealed else node.first_child
            else:
                node = node.next
            while node is None and len(frames) > 1:
                if top.closing:
                    self._close(top)
                elif top.breaking and flow.pending:
                    flow.flush()
                node = top.node.next
                frames.pop()
                top = frames[-1]
        flow.flush()
        self.fields.finish()

    def _open(self, node: LexborNode, tag: str, parent: Frame) -> Frame:
        """Open an element. In one piece, and its shape remembered: calls and look-ups are what a walk costs."""
        counts, path = parent.counts, parent.path
        number = counts[tag] = counts.get(tag, 0) + 1
        if len(path) <= _PATH_LIMIT:
            path = f"{path}>{tag}[{number}]" if number > 1 else f"{path}>{tag}" if path else tag
        around = parent.outer or parent
        frame = Frame(node, tag, path, parent.context, around, {})
        attributes: Attributes = node.attributes
        get = attributes.get
        if _TELLING.isdisjoint(attributes):
            shape = shape_of(tag, get("class"), get("id"))
            told = not shape.plain or (self.sheet and node.mem_id in self.sheet)
        else:
            shape = shape_of(tag, get("class"), get("id"), get("itemtype"), get("role"))
            told = True
        if told:
            self._describe(node, shape, attributes, frame)
        if shape.block:
            if self.flow.pending:
                self.flow.flush()
            frame.outer = None
            frame.breaking = True
            if shape.kind is None:
                frame.kind, frame.level = around.kind, around.level
            else:
                frame.kind, frame.level = shape.kind, shape.level
            if shape.closing:
                frame.closing = True
                frame.card = shape.card
                frame.first = len(self.draft.blocks)
        if self.watched:
            self._watch(self.watched.get(node.mem_id, ()), frame)
        if shape.acts:
            _HANDLERS[tag](self, node, attributes, frame)
        return frame

    def _describe(self, node: LexborNode, shape: Shape, attributes: Attributes, frame: Frame) -> None:
        if not tags.SCOPES.isdisjoint(attributes):
            self.draft.scopes.update(tags.SCOPES.intersection(attributes))
        if shape.skipped:
            frame.sealed = True
        else:
            frame.context = self.contexts.inside(node, shape, attributes, frame.context)

    def _watch(self, selectors: Sequence[str], frame: Frame) -> None:
        for selector in selectors:
            match = DraftMatch(selector)
            self.draft.matches.append(match)
            self._span(match, frame)

    def _close(self, frame: Frame) -> None:
        if frame.breaking and self.flow.pending:
            self.flow.flush()
        for span in frame.spans:
            self.flow.close_span(span)
        if frame.tag == "a":
            self.after_link = self.flow.end
        elif frame.tag == "tr" and frame.counts.get("td", 0) + frame.counts.get("th", 0) > 1:
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
        if frame.context.labelled:  # a label in a label names nothing
            return
        frame.context = frame.context._replace(labelled=True)
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
        if frame.context.drawn:  # of a drawing: what its alternative text would be
            self.flow.aside(node.text(deep=True), BlockKind.IMAGE, frame)
            frame.sealed = True
        else:
            frame.context = frame.context._replace(role=Role.META, visibility=Visibility.META)

    def _noscript(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        self.flow.aside(_plain(node.text(deep=True)), BlockKind.PARAGRAPH, frame)
        frame.sealed = True

    def _script(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        if "ld+json" in (attributes.get("type") or "").lower():
            self.draft.json_ld.append(node.text(deep=True))

    def _html(self, node: LexborNode, attributes: Attributes, frame: Frame) -> None:
        declared = primary_language(attributes.get("lang") or attributes.get("xml:lang"))
        self.draft.declared_language = declared or self.draft.declared_language

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
    "script": _Walk._script,
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
