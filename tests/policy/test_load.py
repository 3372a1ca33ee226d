"""Loading policies: what loads, and the exact words for what does not."""
# ruff: noqa: E501  (the messages stand whole)

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.errors import PolicyError, UsageError
from auditor.policy.load import load_policies, read_policies, selectors

WORDINGS = SimpleNamespace(kinds={"sigil": frozenset({"round", "square"})})

POLICY = """\
id: core.made.up
version: "1.0"
title: Made up
status: test
severity: high
jurisdictions: [global]
languages: [en]
authority:
  - {cite: A code, status: verified}
why: It matters.
fix: Change it.
signals:
  claim: {use: claim, value: cure}
  source: {use: reference}
for_each: claim
require: {within: section, any: [source]}
outcomes:
  violation: Says {subject}.
  review: Perhaps.
  pass: Right.
  not-applicable: Not so.
"""

TESTS = """\
policy: core.made.up
tests:
  - {it: does one thing, text: It cures., expect: violation}
  - {it: does another, text: It may cure., expect: review}
  - {it: does nothing, text: Nothing., expect: pass}
"""


def folder(tmp_path: Path, policy: str = POLICY, tests: str | None = None) -> Path:
    pack = tmp_path / "packs" / "core"
    pack.mkdir(parents=True)
    (pack / "core.made.up.yaml").write_text(policy, encoding="utf-8")
    if tests is not None:
        (pack / "core.made.up.test.yaml").write_text(tests, encoding="utf-8")
    return tmp_path


def problems(where: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load_policies(where, WORDINGS)
    return [line.removeprefix(f"{where}/packs/core/") for line in caught.value.problems]


def test_a_policy_knows_its_file(tmp_path: Path) -> None:
    policies = load_policies(folder(tmp_path, tests=TESTS), WORDINGS)
    (policy,) = policies
    assert (policy.id, policy.pack, policy.file.name) == ("core.made.up", "core", "core.made.up.yaml")
    assert policy.sha256 == hashlib.sha256(POLICY.encode()).hexdigest()
    assert len(policies.tests["core.made.up"].tests) == 3
    assert policies.summaries()[0].sha256 == policy.sha256
    assert len(policies.sha256) == 64


def test_an_unknown_id_is_answered_with_the_nearest(tmp_path: Path) -> None:
    policies = load_policies(folder(tmp_path), WORDINGS)
    assert policies.get("core.made.up").id == "core.made.up"
    with pytest.raises(UsageError, match=r"no policy has the id 'core.mad.up' \(did you mean core.made.up\?\)"):
        policies.get("core.mad.up")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity: high", "severity: hihg", "5: severity: expected 'critical', 'high', 'medium', 'low' or 'advice' (did you mean high?)"),
        ("severity: high\n", "", "1: severity: is required"),
        ("why:", "whi:", "10: whi: unknown field (did you mean why?)"),
        ('version: "1.0"', "version: 1.0", "2: version: expected text (put it in quotes)"),
        ("within: section", "within: sction", "16: require.within: expected 'subject', 'sentence', 'block', 'row', 'card', 'section', 'page' or 'site' (did you mean section?)"),
        ("any: [source]", "anny: [source]", "16: require.anny: unknown field (did you mean any?)"),
        ("any: [source]}", "any: []}", "16: require: expected a list of conditions under all, any or none"),
        ("any: [source]", "any: [sorce]", "16: require.any[0]: unknown name 'sorce' (did you mean source?): expected one defined under signals"),
        ("for_each: claim", "for_each: clam", "15: for_each: unknown name 'clam' (did you mean claim?): expected one defined under signals"),
        ("use: claim", "use: clame", "13: signals.claim.use: unknown signal 'clame' (did you mean claim?)"),
        ("value: cure", "value: curre", "13: signals.claim.value: unknown value 'curre' of claim (did you mean cure?)"),
        ("value: cure", "value: {none_of: [curre]}", "13: signals.claim.value: unknown value 'curre' of claim (did you mean cure?)"),
        ("value: cure", "absolut: true", "13: signals.claim.absolut: unknown attribute 'absolut' of claim (did you mean absolute?)"),
        ("value: cure", "absolute: {at_most: 3}", "13: signals.claim.absolute.at_most: unknown attribute 'absolute.at_most' of claim (did you mean absolute?)"),
        ("value: cure", "absolute: []", "13: signals.claim: expected of absolute: a word, a list of words, {at_least, below}, {none_of: [...]} or {present: true|false}"),
        ("Says {subject}.", "Says {subjct}.", "18: outcomes.violation: unknown placeholder {subjct} (did you mean subject?)"),
        ("Says {subject}.", "Says {subject.off}.", "18: outcomes.violation: unknown attribute 'off' of claim (did you mean of?)"),
        ("pass: Right.", "pass: No {missing}.", "20: outcomes.pass: unknown placeholder {missing}"),
        ("  not-applicable: Not so.\n", "", "17: outcomes.not-applicable: is required, as the policy has applies_when or for_each"),
        ("severity: high", "severity: advice", "18: outcomes.violation: expected no such sentence: advice is never a violation"),
        ("id: core.made.up", "id: core.other", "1: id: expected the name of the file, 'core.made.up'"),
        ("id: core.made.up", "id: Core Made", "1: id: expected lower-case letters, digits and hyphens (and dots between the parts of an id)"),
        ("languages: [en]", "effective: {from: 2026-02-01, until: 2026-01-01}\nlanguages: [en]", "7: effective.until: expected a day after `from`"),
        ("languages: [en]", "effective: {from: soon}\nlanguages: [en]", "7: effective.from: expected a day such as 2026-11-22"),
        ("fix: Change it.", "fix: Change it.\nfix: Again.", "12: fix: written twice in one mapping"),
        ("fix: Change it.", "fix: [Change", "12: (file): not valid YAML: did not find expected ',' or ']'"),
        ("any: [source]}", "any: [source], at_least: 2}", "16: require.at_least: expected at most 1, the number of conditions under any"),
    ],
)  # fmt: skip
def test_a_fault_names_line_field_and_what_was_expected(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in POLICY
    assert f"core.made.up.yaml:{expected}" in problems(folder(tmp_path, POLICY.replace(old, new)))


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("  spare: {use: drug}\n", "signals.spare: never used in a condition"),
        ("  spare: {phrases: [x y]}\n", "signals.spare: never used in a condition"),
        ("  spare: {}\n", "signals.spare.use: is required"),
        ("  spare: {wording: Read this., share: 80}\n", "signals.spare.share: expected less than or equal to 1"),
        (
            "  Spare: {use: drug}\n",
            "expected lower-case letters, digits and hyphens (and dots between the parts of an id)",
        ),
    ],
)
def test_faults_of_signals(tmp_path: Path, added: str, expected: str) -> None:
    found = problems(folder(tmp_path, POLICY.replace("  source:", f"{added}  source:")))
    assert any(line.startswith("core.made.up.yaml:14: ") and line.endswith(expected) for line in found), found


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    where = folder(tmp_path, POLICY.replace("use: claim", "use: clame").replace("[source]", "[sorce]"))
    other = where / "packs" / "core" / "core.second.yaml"
    other.write_text(POLICY.replace("core.made.up", "core.second").replace("high", "hihg"), encoding="utf-8")
    assert [line.split(":")[0] for line in problems(where)] == ["core.second.yaml"] + ["core.made.up.yaml"] * 3


def test_a_subject_is_needed_for_what_speaks_of_one(tmp_path: Path) -> None:
    no_subject = POLICY.replace("for_each: claim\n", "when: claim\n").replace("  not-applicable: Not so.\n", "")
    need = "expected for_each in this policy: without it there is no subject"
    assert problems(folder(tmp_path, no_subject)) == [f"core.made.up.yaml:18: outcomes.violation: {need}"]


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("{each: absolut, found_as: source}", "16: require.each: unknown attribute 'absolut' of claim (did you mean absolute?)"),
        ("{each: absolute, found_as: sorce}", "16: require.found_as: unknown name 'sorce' (did you mean source?): expected one defined under signals"),
        ("{signal: sorce}", "16: require.signal: unknown name 'sorce' (did you mean source?): expected one defined under signals"),
        ("{signal: source, at_least: 0}", "16: require.at_least: expected greater than or equal to 1"),
        ("{each: absolute}", "16: require.found_as: is required"),
    ],
)  # fmt: skip
def test_faults_of_conditions(tmp_path: Path, require: str, expected: str) -> None:
    changed = POLICY.replace("{within: section, any: [source]}", require)
    assert f"core.made.up.yaml:{expected}" in problems(folder(tmp_path, changed))


def test_a_policy_that_can_find_nothing_is_refused(tmp_path: Path) -> None:
    nothing = POLICY.replace("require: {within: section, any: [source]}\n", "").replace(
        "  source: {use: reference}\n", ""
    )
    assert problems(folder(tmp_path, nothing)) == [
        "core.made.up.yaml:1: (file): expected when, require or needs_review_when: this policy can find nothing",
        "core.made.up.yaml:16: outcomes.violation: expected no such sentence: there is no when and no require",
    ]


STABLE = POLICY.replace("status: test", "status: stable")


@pytest.mark.parametrize(
    ("tests", "missing"),
    [
        (None, "violation, review, pass"),
        ("policy: core.made.up\ntests:\n  - {it: fires, text: It cures., expect: violation}\n", "review, pass"),
    ],
)
def test_a_stable_policy_has_tests(tmp_path: Path, tests: str | None, missing: str) -> None:
    expected = f"core.made.up.yaml:4: status: expected draft or test: a stable policy has tests that expect {missing}"
    assert problems(folder(tmp_path, STABLE, tests)) == [expected]


def test_a_stable_policy_loads_with_its_tests(tmp_path: Path) -> None:
    assert len(load_policies(folder(tmp_path, STABLE, TESTS), WORDINGS)) == 1


def test_a_stable_policy_rests_on_verified_law(tmp_path: Path) -> None:
    known = STABLE.replace("status: verified", "status: knowledge")
    assert problems(folder(tmp_path, known, TESTS)) == [
        "core.made.up.yaml:4: status: expected draft or test: a stable policy rests on at least one citation that was verified"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("policy: core.made.up", "policy: core.else", "1: policy: expected the policy this file belongs to, 'core.made.up'"),
        ("expect: violation", "expect: violaton", "3: tests[0].expect: expected 'violation', 'review', 'pass', 'not-applicable' or 'not-assessed' (did you mean violation?)"),
        ("text: It cures., ", "", "3: tests[0]: expected exactly one of text, html and page"),
        ("text: It cures.", "text: a, html: b", "3: tests[0]: expected exactly one of text, html and page"),
        ("text: It cures.", "texxt: It cures.", "3: tests[0].texxt: unknown field (did you mean text?)"),
    ],
)  # fmt: skip
def test_faults_of_test_files(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert f"core.made.up.test.yaml:{expected}" in problems(folder(tmp_path, POLICY, TESTS.replace(old, new)))


def test_tests_without_a_policy_are_refused(tmp_path: Path) -> None:
    where = folder(tmp_path)
    (where / "packs/core/core.gone.test.yaml").write_text(TESTS.replace("made.up", "gone"), encoding="utf-8")
    assert problems(where) == [
        "core.gone.test.yaml:1: (file): there is no policy file core.gone.yaml beside these tests"
    ]


def test_an_id_belongs_to_one_pack_and_one_file(tmp_path: Path) -> None:
    where = folder(tmp_path)
    other = where / "packs" / "fact"
    other.mkdir()
    (other / "core.made.up.yaml").write_text(POLICY, encoding="utf-8")
    (where / "packs/core/us.else.yaml").write_text(POLICY.replace("core.made.up", "us.else"), encoding="utf-8")
    assert problems(where) == [
        f"{other}/core.made.up.yaml:1: id: already the id of {where}/packs/core/core.made.up.yaml",
        "us.else.yaml:1: id: expected an id that begins with its pack, 'core'",
    ]


def test_wordings_add_kinds_and_values(tmp_path: Path) -> None:
    own = POLICY.replace("{use: claim, value: cure}", "{use: sigil, value: [round], size: big}")
    assert len(load_policies(folder(tmp_path, own), WORDINGS)) == 1


def test_a_folder_may_document_its_own_signals(tmp_path: Path) -> None:
    where = folder(tmp_path, POLICY.replace("{use: claim, value: cure}", "{use: stamp}").replace("reference", "stamp"))
    (where / "schema").mkdir()
    (where / "schema/signals.yaml").write_text("stamp: {means: A stamp., values: any, is: its ink}\n", encoding="utf-8")
    assert len(load_policies(where, WORDINGS)) == 1


def test_values_are_put_into_words(tmp_path: Path) -> None:
    (loaded,) = load_policies(folder(tmp_path), WORDINGS)
    assert loaded.kinds["claim"].meaning("cure") == "it cures"
    assert loaded.kinds["source"].meaning("doi") == "a DOI"


def test_the_neighbours_of_a_signal_must_exist(tmp_path: Path) -> None:
    near = POLICY.replace("{use: reference}", "{use: reference, nearest: [clam]}")
    (line,) = problems(folder(tmp_path, near))
    assert line.endswith("nearest[0]: unknown name 'clam' (did you mean claim?): expected one defined under signals")


def test_a_neighbour_is_used(tmp_path: Path) -> None:
    near = POLICY.replace(
        "{use: reference}", "{use: reference, nearest: [link]}\n  link: {use: reference, value: link}"
    )
    assert len(load_policies(folder(tmp_path, near), WORDINGS)) == 1


INLINE = """\
  label: {phrases: [sponsored content, "paid {by}"]}
  many: {phrases: {en: [one], de: [eins]}}
  cart: {elements: ["form[action*=cart]", "#cart"]}
  more: {elements: ["#cart"]}
  source: {any: x}
"""


def test_inline_phrases_and_selectors_are_collected(tmp_path: Path) -> None:
    wanted = POLICY.replace("  source: {use: reference}\n", INLINE.replace("  source: {any: x}\n", "")).replace(
        "any: [source]", "any: [label, many, cart, more]"
    )
    where = folder(tmp_path, wanted)
    assert read_policies(where).inline_phrases() == [
        ("inline:core.made.up.label", ("sponsored content", "paid {by}"), "en"),
        ("inline:core.made.up.many", ("one",), "en"),
        ("inline:core.made.up.many", ("eins",), "de"),
    ]
    assert selectors(load_policies(where, WORDINGS)) == ("form[action*=cart]", "#cart")


def test_phrases_need_a_language(tmp_path: Path) -> None:
    where = folder(tmp_path, POLICY.replace("{use: reference}", "{phrases: [see also]}").replace("[en]", "any"))
    assert problems(where) == [
        "core.made.up.yaml:14: signals.source.phrases: expected a mapping of language to phrases, as the policy has not one language"
    ]


@pytest.mark.parametrize("text", ["", "[]", "just words", "42", "? [a]\n: b\n"])
def test_files_that_are_no_policy_are_faults_not_crashes(tmp_path: Path, text: str) -> None:
    assert all(line.startswith("core.made.up.yaml:") for line in problems(folder(tmp_path, text)))
