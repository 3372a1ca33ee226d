"""What analysts write and read: lint, new policies, the catalogue, schemas, and the views of the command line."""
# ruff: noqa: E501  (the remarks stand whole)

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jsonschema import Draft202012Validator
from rich.console import Console

from auditor.assets import asset_folder
from auditor.audit import load_rules
from auditor.errors import OutputError, UsageError
from auditor.model import Outcome
from auditor.policy.catalogue import catalogue
from auditor.policy.explain import explain
from auditor.policy.facts import Context
from auditor.policy.lint import Remark, lint
from auditor.policy.load import PolicySet, load_policies
from auditor.policy.new import new_policy
from auditor.policy.publish import catalogue_files, schema_files
from auditor.policy.schema import Policy, TestFile
from auditor.policy.testing import CaseResult
from auditor.policy.views import explain_view, lint_view, list_view, show_view
from auditor.policy.views import tests_view as view_of_tests
from tests.policy.factory import page, policy

WORDINGS = SimpleNamespace(kinds={})
SOUND = {
    "cite": "A code",
    "url": "https://example.org/code",
    "status": "verified",
    "verification": "read",
    "last_checked": "2026-01-01",
}
CALLED = "say in plain words what is looked for (called), as its absence may be reported"
TESTED = TestFile.model_validate(
    {
        "policy": "core.made.up",
        "tests": [
            {"it": f"a page | of {outcome}", "text": "x", "expect": outcome}
            for outcome in Outcome
            if outcome is not Outcome.NOT_ASSESSED
        ],
    }
)


def remarks(tests: TestFile | None = TESTED, **changes: object) -> list[str]:
    made = policy(**{"authority": [SOUND], **changes})
    policies = PolicySet((made,), {made.id: tests} if tests else {})
    return [f"{remark.field}: {remark.says}" for remark in lint(policies, policies)]


def with_sentence(violation: str) -> dict[str, object]:
    return {"outcomes": {"violation": violation, "review": "Maybe.", "pass": "Fine.", "not-applicable": "None."}}


# ------------------------------------------------------------------------------------------------------ lint


def test_a_sound_policy_has_no_remarks() -> None:
    assert remarks() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (with_sentence("Sells illegally."), "outcomes.violation: 'illegally' claims more than a page can show; say what the page shows"),
        (with_sentence("A Fraud."), "outcomes.violation: 'Fraud' claims more than a page can show; say what the page shows"),
        (with_sentence("Says so"), "outcomes.violation: end the sentence with a full stop"),
        ({"title": "Illegal offer"}, "title: 'Illegal' claims more than a page can show; say what the page shows"),
        ({"title": "An offer."}, "title: drop the full stop"),
        ({"authority": []}, "authority: name the law, code or standard this rests on"),
        ({"authority": [SOUND | {"url": ""}]}, "authority[0]: A code: give the address (url) of the text"),
        ({"authority": [SOUND | {"verification": ""}]}, "authority[0]: A code: say how the citation was verified (verification)"),
        ({"authority": [SOUND | {"last_checked": None}]}, "authority[0]: A code: say when it was last checked (last_checked)"),
        ({"require": {"none": ["claim"]}}, f"signals.claim: {CALLED}"),
        ({"require": "claim"}, f"signals.claim: {CALLED}"),
        ({"authority": [SOUND | {"status": "knowledge"}]}, "status: make it a draft: none of its citations has been verified"),
    ],
)  # fmt: skip
def test_lint_remarks(changes: dict[str, object], expected: str) -> None:
    assert expected in remarks(**changes)


@pytest.mark.parametrize(
    "sentence", ["Does what the Act calls “unlawful”.", 'Is "fraudulent" by 1 X.Y.Z.', "Scampers off."]
)
def test_words_of_the_law_and_longer_words_are_left_alone(sentence: str) -> None:
    assert remarks(**with_sentence(sentence)) == []


def test_what_is_called_something_and_what_is_never_reported_missing_needs_no_remark() -> None:
    named = {"claim": {"use": "claim", "called": "a claim"}, "home": {"use": "page", "value": "home"}}
    assert remarks(signals=named, when={"none": ["claim", "home"]}) == []
    assert remarks(exempt_when=[{"none": ["claim"], "because": "it makes no claim"}]) == []


def test_lint_asks_for_the_tests_that_are_missing() -> None:
    wanted = [
        f"tests: add a test that expects {outcome}" for outcome in ("violation", "review", "pass", "not-applicable")
    ]
    assert remarks(None) == wanted


# ------------------------------------------------------------------------------------------------- new policies


def test_a_new_policy_loads_as_a_draft(tmp_path: Path) -> None:
    written, tests = new_policy(tmp_path, "core.refs.brand-new")
    assert written == tmp_path / "packs/core/core.refs.brand-new.yaml"
    (loaded,) = load_policies(tmp_path, WORDINGS)
    assert (loaded.id, loaded.status) == ("core.refs.brand-new", "draft")
    assert tests.is_file()
    assert written.read_text(encoding="utf-8").count("#") > 8


def test_a_new_policy_joins_the_pack_its_id_begins_with(tmp_path: Path) -> None:
    (tmp_path / "packs/us.rx").mkdir(parents=True)
    (tmp_path / "packs/us").mkdir()
    assert new_policy(tmp_path, "us.rx.thing")[0].parent.name == "us.rx"
    assert new_policy(tmp_path, "us.claims.thing")[0].parent.name == "us"
    assert new_policy(tmp_path, "eu.thing")[0].parent.name == "eu"


@pytest.mark.parametrize("name", ["", "one", "../core.x", "Core.X", "core.x/y", "core..x", "core.x\n"])
def test_a_bad_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no policy id"):
        new_policy(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_taken_id_is_refused(tmp_path: Path) -> None:
    new_policy(tmp_path, "core.x")
    with pytest.raises(UsageError, match="already"):
        new_policy(tmp_path, "core.x")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        new_policy(tmp_path, "core.x")


# -------------------------------------------------------------------------------------------- what is generated


def test_the_published_schemas_are_fresh() -> None:
    for file, expected in schema_files(asset_folder("policies")).items():
        assert file.read_text(encoding="utf-8") == expected, f"run: python -m auditor.policy.publish ({file.name})"


@pytest.fixture(scope="module")
def policy_validator() -> Draft202012Validator:
    schema = json.loads((asset_folder("policies") / "schema/policy.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_what_loads_satisfies_the_schema(tmp_path: Path, policy_validator: Draft202012Validator) -> None:
    data = yaml.safe_load(new_policy(tmp_path, "core.x")[0].read_text(encoding="utf-8"))
    policy_validator.validate(data)
    data["sevrity"] = data.pop("severity")
    assert not policy_validator.is_valid(data)


def examples_in_the_guide() -> Iterator[str]:
    guide = (asset_folder("policies") / "README.md").read_text(encoding="utf-8")
    return iter(re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL))


def test_the_policies_in_the_guide_load(tmp_path: Path) -> None:
    pack = tmp_path / "packs/core"
    pack.mkdir(parents=True)
    written = [example for example in examples_in_the_guide() if example.startswith(("id:", "policy:"))]
    for example in written:
        data = yaml.safe_load(example)
        name = f"{data['id']}.yaml" if "id" in data else f"{data['policy']}.test.yaml"
        (pack / name).write_text(example, encoding="utf-8")
    assert len(load_policies(tmp_path, WORDINGS)) >= 1
    assert len(written) >= 2


def test_the_pieces_in_the_guide_are_valid() -> None:
    """Shorter examples are parts of a policy: put into one, they make a policy of the right form."""
    pieces = [
        yaml.safe_load(example) for example in examples_in_the_guide() if not example.startswith(("id:", "policy:"))
    ]
    assert len(pieces) >= 5
    for piece in pieces:
        assert policy(**{"when": None, **piece}).id == "core.made.up"


def test_every_kind_of_signal_is_in_the_guide_or_the_register() -> None:
    guide = (asset_folder("policies") / "README.md").read_text(encoding="utf-8")
    for field, info in Policy.model_fields.items():
        assert f"`{info.alias or field}`" in guide, f"the guide does not explain {field}"


def test_the_catalogue_shows_what_a_reader_needs() -> None:
    exemption = [{"any": ["claim"], "because": "an official body"}]
    review = [{"any": ["claim"], "because": "links may be lost"}]
    made = policy(
        authority=[SOUND | {"title": "On claims", "says": "Do not."}],
        exempt_when=exemption,
        review_instead_when=review,
        applies_when="claim",
        require={"within": "section", "none": ["claim"]},
        effective={"from": "2026-01-01"},
        duty="Publishers.",
    )
    pages = catalogue(PolicySet((made,), {made.id: TESTED}))
    assert set(pages) == {"index.md", "core.made.up.md"}
    text = pages["core.made.up.md"]
    for part in (
        "# Made up",
        "- In force: from 2026-01-01",
        "It matters.",
        "It faults the page when:",
        "- an official body (claim)",
        "- links may be lost (claim)",
        "[A code](https://example.org/code). On claims. Do not. Citation verified, last checked 2026-01-01.",
        "Change it.",
        "Publishers.",
        "| a page \\| of violation | violation |",
    ):
        assert part in text
    assert "[core.made.up](core.made.up.md) | high | test | Made up" in pages["index.md"]


# -------------------------------------------------------------------------------------------------------- views


def printed(view: object) -> str:
    console = Console(width=120, color_system=None)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def test_the_list_has_a_line_a_policy() -> None:
    assert re.search(r"core\.made\.up +high +test +global +Made up", printed(list_view([policy()])))


def test_a_policy_is_shown_in_full() -> None:
    policies = PolicySet((policy(title="[bold]Odd[/bold]"),), {})
    assert "[bold]Odd[/bold]" in printed(show_view(policies, "core.made.up"))
    with pytest.raises(UsageError):
        show_view(policies, "core.else")


def test_failed_tests_are_shown_with_their_faults() -> None:
    results = [CaseResult("core.x", "works", ()), CaseResult("core.x", "is [red]", ("expected pass, got review",))]
    shown = printed(view_of_tests(results))
    assert "FAIL core.x: is [red]" in shown
    assert "     expected pass, got review" in shown
    assert "2 tests, 1 failed" in shown
    assert "works" not in shown


def test_an_explanation_is_a_tree_of_plain_words() -> None:
    facts = page("It [bold]cures[/bold].").find("[bold]cures[/bold]", "claim", "cure")
    shown = printed(explain_view(explain(policy(), facts, Context())))
    assert "core.made.up 1.0: violation" in shown
    assert "“[bold]cures[/bold]”, claim = cure, affirmed" in shown
    assert "└── ✓ When: claim" in shown


def test_remarks_are_counted() -> None:
    assert printed(lint_view([Remark("core.x", "title", "drop the full stop")])).splitlines() == [
        "core.x: title: drop the full stop",
        "1 remark",
    ]
    assert "0 remarks" in printed(lint_view([]))


def test_the_published_catalogue_is_fresh() -> None:
    policies, docs = load_rules().policies, asset_folder("policies").parent / "docs"
    expected = catalogue_files(policies, docs)
    written = {file: file.read_text(encoding="utf-8") for file in (docs / "policies").glob("*.md")}
    stale = sorted(file.name for file in expected.keys() | written.keys() if expected.get(file) != written.get(file))
    assert stale == [], "run: python -m auditor.policy.publish"
