"""From a built page back to its source: by edit link, by layout, and never to a file that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.sources.built import source_of


def tree(root: Path, *files: str) -> None:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


@pytest.mark.parametrize(
    ("built", "source"),
    [
        ("site/tea/index.html", "docs/tea.md"),
        ("site/tea/index.html", "docs/tea/index.md"),
        ("site/index.html", "docs/index.md"),
        ("public/posts/tea/index.html", "content/posts/tea.md"),
        ("public/posts/index.html", "content/posts/_index.md"),
        ("_site/about.html", "about.md"),
        ("_site/tea/index.html", "_pages/tea.md"),
        ("build/docs/tea/index.html", "docs/tea.mdx"),
        ("build/tea/index.html", "src/pages/tea.mdx"),
        ("manual/site/tea/index.html", "manual/docs/tea.md"),
        ("docs/_build/html/tea.html", "docs/tea.rst"),
    ],
)
def test_known_layouts(tmp_path: Path, built: str, source: str) -> None:
    tree(tmp_path, built, source)
    assert source_of(tmp_path / built, b"", tmp_path) == tmp_path / source


@pytest.mark.parametrize(
    "link",
    [
        b'<a href="https://forge.example/tea/shop/edit/main/handbook/green%20tea.md" title="Edit this page">',
        b"<a href='https://forge.example/tea/shop/-/blob/main/handbook/green%20tea.md?plain=1'>",
        b"<a class=edit href=https://forge.example/tea/shop/tree/v1/handbook/green%20tea.md>",
    ],
)
def test_edit_links(tmp_path: Path, link: bytes) -> None:
    tree(tmp_path, "out/x.html", "handbook/green tea.md")
    assert source_of(tmp_path / "out/x.html", b"<p>" + link, tmp_path) == tmp_path / "handbook/green tea.md"


def test_an_edit_link_comes_before_the_layout(tmp_path: Path) -> None:
    tree(tmp_path, "site/tea/index.html", "docs/tea.md", "docs/leaf.md")
    link = b'<a href="https://forge.example/a/b/edit/main/docs/leaf.md">'
    assert source_of(tmp_path / "site/tea/index.html", link, tmp_path) == tmp_path / "docs/leaf.md"


@pytest.mark.parametrize(
    "link",
    [
        b'<a href="https://forge.example/a/edit/main/../../secret.md">',
        b'<a href="https://forge.example/a/edit/main/%2e%2e/secret.md">',
        b'<a href="https://forge.example/a/edit/main/gone.md">',
        b'<a href="https://forge.example/a/edit/main/notes.txt">',
        b'<a href="http://[broken/edit/x.md">',
        b'<a href="/a/edit/\xff.md">',
    ],
)
def test_nothing_outside_and_nothing_that_is_not_there(tmp_path: Path, link: bytes) -> None:
    tree(tmp_path, "secret.md", "root/out/x.html", "root/notes.txt")
    assert source_of(tmp_path / "root/out/x.html", link, tmp_path / "root") is None


def test_a_page_outside_the_root_has_none(tmp_path: Path) -> None:
    tree(tmp_path, "site/tea/index.html", "docs/tea.md", "root/x")
    assert source_of(tmp_path / "site/tea/index.html", b"", tmp_path / "root") is None
