"""EARL, read as linked data by rdflib."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, Namespace

from auditor.model import Report
from auditor.report.formats import render
from tests.report.decided import decided_pages
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import several_pages

# rdflib's own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
EARL = Namespace("http://www.w3.org/ns/earl#")
OA = Namespace("http://www.w3.org/ns/oa#")
DCT = Namespace("http://purl.org/dc/terms/")


def graph(made: Report) -> Graph:
    return Graph().parse(data=render(made, "earl").decode("utf-8", "replace"), format="json-ld")


def test_an_assertion_for_every_policy_on_every_page() -> None:
    made = several_pages()
    read = graph(made)
    assertions = set(read.subjects(RDF.type, EARL.Assertion))
    assert len(assertions) == sum(len(page.results) for page in made.pages)
    assert {str(read.value(each, EARL.mode)) for each in assertions} == {str(EARL.automatic)}
    for each in assertions:
        assert (read.value(each, EARL.subject), RDF.type, EARL.TestSubject) in read
        assert (read.value(each, EARL.test), RDF.type, EARL.TestCriterion) in read
        assert (read.value(each, EARL.assertedBy), RDF.type, EARL.Software) in read


def test_the_outcomes_are_the_words_of_w3c() -> None:
    made = several_pages()
    outcomes = [str(each).removeprefix(str(EARL)) for each in graph(made).objects(None, EARL.outcome)]
    words = {"violation": "failed", "review": "cantTell", "pass": "passed", "not-applicable": "inapplicable"}
    wanted = [words.get(result.outcome, "untested") for page in made.pages for result in page.results]
    assert sorted(outcomes) == sorted(wanted)


def test_the_quotes_are_selectors_and_waivers_are_told() -> None:
    made = decided_pages()
    read = graph(made)
    exact = {str(each) for each in read.objects(None, OA.exact)}
    assert exact == {each.quote for finding in made.findings for each in finding.evidence}
    assert any(str(each).startswith("Waived until 2027-01-31") for each in read.objects(None, EARL.info))
    assert (None, DCT.source, Literal("21 U.S.C. 829(e)")) in read


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_it_stays_linked_data_whatever_a_page_holds(payload: str) -> None:
    assert set(graph(poisoned(payload)).subjects(RDF.type, EARL.Assertion))
