"""Forms: where they send what, and what each field is called."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import FormInput
from auditor.page.draft import DraftForm

Attributes = dict[str, str | None]

_PRESSED = frozenset({"submit", "button", "reset"})
_MARKED = frozenset({"checkbox", "radio", "hidden", "file", "range", "color", "image"})


def shown_value(attributes: Attributes) -> tuple[str, bool]:
    """The text an `<input>` shows, and whether it is a button."""
    kind = (attributes.get("type") or "text").lower()
    if kind in _PRESSED:
        return attributes.get("value") or "", True
    if kind == "image":
        return attributes.get("alt") or "", True
    if kind in _MARKED:
        return "", False
    return attributes.get("value") or attributes.get("placeholder") or "", False


@dataclass(slots=True)
class _Input:
    form: DraftForm
    type: str
    name: str
    label: str
    ident: str


class Fields:
    """Gathers the inputs of the open form and finds their labels when the page has been read."""

    def __init__(self) -> None:
        self._open: DraftForm | None = None
        self._inputs: list[_Input] = []
        self._labels: dict[str, str] = {}

    def open_form(self, form: DraftForm) -> None:
        """From here on inputs belong to this form."""
        self._open = form

    def close_form(self) -> None:
        """Inputs that follow belong to no form."""
        self._open = None

    def label(self, attributes: Attributes, text: str, wrapped: str) -> None:
        """A `<label>`: of the input it names, or of the one it wraps (whose id, if any, is `wrapped`)."""
        target = attributes.get("for") or wrapped
        if target:
            self._labels[target] = " ".join(text.split())

    def input(self, tag: str, attributes: Attributes) -> None:
        """An input, choice, text area or button."""
        if self._open is None:
            return
        kind = (attributes.get("type") or ("text" if tag == "input" else tag)).lower()
        label = attributes.get("aria-label") or attributes.get("placeholder") or ""
        if kind in _PRESSED:
            label = attributes.get("value") or label
        name = attributes.get("name") or ""
        self._inputs.append(_Input(self._open, kind, name, label, attributes.get("id") or name))

    def finish(self) -> None:
        """Give every form its inputs."""
        for item in self._inputs:
            label = self._labels.get(item.ident, "") or item.label
            item.form.inputs.append(FormInput(item.type, item.name, label))
