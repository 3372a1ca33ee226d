from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine in ten people get this cramp every week.",
        "Some 30 per cent of adults suffer from insomnia.",
        "40./. to 55./. of adults are affected by headache.",
        "Women are twice as likely to develop the disorder.",
        "Over 70 million people live with poor sleep.",
        "It killed more than 12,000 patients last year, a high mortality.",
        "Two-thirds of patients improved.",
    ],
)
def test_unsourced_statistic(found, words, sentence):
    assert words("statistic", sentence) == [sentence]
    assert found("statistic", sentence)[0].attributes["sourced"] == ("no",)


@pytest.mark.parametrize(
    "sentence",
    [
        "About 1 in 10 adults had back pain (National Health Survey 2023).",
        "According to the World Health Organization, 60% of adults have had back pain.",
        "Back pain affects 60% of adults (doi 10.1000/abc).",
    ],
)
def test_sourced_statistic(found, sentence):
    assert found("statistic", sentence)[0].attributes["sourced"] == ("yes",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Use a thin layer of the 1% cream for children with eczema symptoms.",
        "Save 20% off, people love it and get relief.",
        "Adults take one of two tablets for pain.",
        "About 30% of the files have changed.",
        "Our tablets are 100% genuine and people get relief.",
    ],
)
def test_figures_that_are_no_health_statistics(found, sentence):
    assert found("statistic", sentence) == []


def test_broken_per_cent_sign_is_not_well_formed(found):
    statistic = found("statistic", "Although 40./. To 55./. are affected by headache in India.")[0]
    assert statistic.attributes["well_formed"] == ("no",)
    assert (statistic.start, statistic.end) == (0, 58)
