"""Starting a policy: a commented skeleton that loads as a draft, with its test file."""

from __future__ import annotations

import re
from pathlib import Path

from auditor.errors import OutputError, UsageError
from auditor.policy.load import TESTS
from auditor.policy.schema import ID_PATTERN

_POLICY = """\
id: {id}
version: "0.1"
title: A study or author is named without a source     # what is wrong, in a few words, no full stop
status: draft              # draft: asks for review at most | test | stable: needs tests and verified law | deprecated
severity: medium           # critical | high | medium | low | advice
jurisdictions: [global]    # global | us | uk | eu | in | ca | au | platform
languages: [en]            # languages of its wordings, or: any
# effective: {{from: 2026-01-01, until: 2026-12-31}}
authority:
  - cite: Name of the law, code or standard, with the section
    title: Its title
    url: https://example.org/the-text
    says: What it says, in a line.
    binds: Whom it binds.
    kind: code             # law | regulation | guidance | code | standard | literature
    status: knowledge      # verified | verified-secondary | knowledge (not looked up yet)
    verification: not looked up yet
why: Why this matters to a reader.
fix: What the publisher should change.
signals:                   # name: what to look for; policies/schema/signals.yaml lists every kind
  study: {{use: study, assertion: [affirmed, reported]}}
  source: {{use: reference, called: a reference that a reader can look up}}   # called: how a report names it
  text_only: {{use: capture, value: markup-lost}}
applies_when: {{any: [study]}}                # otherwise the policy does not apply
for_each: study                             # what is judged, one by one; leave out to judge the page
require: {{within: section, any: [source]}}   # what must be there
review_instead_when:                        # the fault is there, but these make it a question for a person
  - {{any: [text_only], because: links may have been lost in this text capture}}
outcomes:
  violation: "Names {{subject}} as evidence and gives no source in that section."
  review: "Names {{subject}} as evidence; no source was found in that section."
  pass: Every study named has a source in its section.
  not-applicable: No study is named.
"""

_TESTS = """\
policy: {id}
tests:
  - it: names a study and gives no source
    html: |
      <h2>Does it work?</h2>
      <p>In Lindqvist's study most people slept better.</p>
    expect: review           # a draft asks for review at most; violation once it is test or stable
  - it: does not apply to a page that names no study
    html: <p>Sleep in a dark, quiet room.</p>
    expect: not-applicable
"""


def new_policy(folder: Path, policy_id: str) -> tuple[Path, Path]:
    """Write the skeleton of a policy and of its tests under `folder`/packs.

    Returns:
        The policy file and the test file.

    Raises:
        UsageError: the id is not one, or is taken.
        OutputError: the files cannot be written.
    """
    _check_id(policy_id)
    pack = folder / "packs" / _pack(folder / "packs", policy_id)
    policy, tests = pack / f"{policy_id}.yaml", pack / f"{policy_id}{TESTS}"
    if policy.exists() or tests.exists():
        raise UsageError(f"there is a policy {policy_id!r} already: {policy}")
    try:
        pack.mkdir(parents=True, exist_ok=True)
        policy.write_text(_POLICY.format(id=policy_id), encoding="utf-8")
        tests.write_text(_TESTS.format(id=policy_id), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {policy}: {error.strerror}") from error
    return policy, tests


def _check_id(policy_id: str) -> None:
    if not re.fullmatch(ID_PATTERN, policy_id):
        raise UsageError(f"{policy_id!r} is no policy id: expected one such as core.refs.study-named-without-citation")


def _pack(packs: Path, policy_id: str) -> str:
    """The longest existing pack that the id begins with, or its first part."""
    known = [folder.name for folder in packs.iterdir() if folder.is_dir()] if packs.is_dir() else []
    fitting = [name for name in known if policy_id.startswith(f"{name}.")]
    return max(fitting, key=len, default=policy_id.partition(".")[0])
