"""What may stand beside an offer without changing what is said of it, whatever it is and however it is laid out."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import Auditor
from auditor.model import Kind, Outcome
from auditor.sources.build import capture_of

CONTROLLED = "us.rx.controlled-offered-without-prescription"
OTHER = "us.rx.noncontrolled-rx-without-prescription"

# Medicines that are controlled in the United States, and some that are not.
MEDICINES = st.sampled_from(
    ["Xanax", "tramadol", "Ambien", "oxycodone 30 mg", "Adderall XR", "sildenafil", "Cialis 20 mg"]
)
SALES = st.sampled_from(
    [
        "Buy {} without a prescription.",
        "Order {} online today, no prescription needed.",
        "{} for sale: $99, overnight delivery, no prescription required.",
        "We ship {} worldwide, no prescription required.",
        "Get {} here! Add to cart. No script? No problem!",
        "You can buy {} from us with no prescription: $99, next day delivery.",
        "Cheap {}, 60 tablets, $99, discreet packaging, add to cart. No prescription necessary.",
        "We sell {}, $2 a pill, and we deliver in 3 days without a prescription.",
    ]
)
OFFERS = st.builds(str.format, SALES, MEDICINES)
STATEMENTS = st.sampled_from(
    [
        "{} is a medicine.",
        "Ask your doctor about {}.",
        "Police say a gang sold {} without a prescription.",
        "A valid prescription is required for {}. Please upload it.",
        "Do not take {} with alcohol.",
        "{}: $50 a box.",
    ]
)
TEXTS = st.lists(st.one_of(OFFERS, st.builds(str.format, STATEMENTS, MEDICINES)), min_size=1, max_size=4).map(
    lambda paragraphs: "# Notes\n\n" + "\n\n".join(paragraphs)
)
NEUTRAL = st.builds(
    "The {} {} {}.".format,
    st.sampled_from(["old bridge", "robin", "evening train", "village choir", "chess club", "baker"]),
    st.sampled_from(["waited", "rested", "was seen", "arrived", "stood"]),
    st.sampled_from(["by the river", "in the garden", "at noon", "under a grey sky", "near the mill"]),
)
DENIALS = st.sampled_from(
    [
        "We do not sell {}.",
        "We never ship {}.",
        "We don't sell {} without a prescription.",
        "We refuse to sell {}.",
        "We do not stock {}, sorry.",
        "{} is not available without a prescription.",
        "{} cannot be ordered without a prescription.",
    ]
)
OTHERS = st.sampled_from(["Morphine", "Modafinil", "Warfarin"])
JOINED = st.sampled_from(["{0} {1}", "{1} {0}", "{0}\n\n{1}", "{1}\n\n{0}", "{0}\n\n- {1}"])


@cache
def _auditor() -> Auditor:
    return Auditor(only=[CONTROLLED, OTHER], jurisdictions=["us"])


def outcomes(text: str) -> dict[str, Outcome]:
    """What the two policies on offers say of a saved text."""
    capture = capture_of("page", "urn:test:page", Kind.TEXT, text.encode())
    return {result.policy: result.outcome for result in _auditor().audit_capture(capture).results}


@settings(max_examples=40, deadline=None)
@given(TEXTS, NEUTRAL)
def test_an_unrelated_sentence_in_a_paragraph_of_its_own_changes_nothing(text: str, sentence: str) -> None:
    assert outcomes(f"{text}\n\n{sentence}") == outcomes(text)


@settings(max_examples=40, deadline=None)
@given(OFFERS)
def test_an_offer_quoted_in_a_warning_is_no_violation(offer: str) -> None:
    warning = f"The regulator warns against sites that say: \u201c{offer}\u201d. Never order from them."
    assert Outcome.VIOLATION not in outcomes(warning).values()


@settings(max_examples=60, deadline=None)
@given(OFFERS, st.builds(str.format, DENIALS, OTHERS), JOINED)
def test_a_denial_about_another_medicine_hides_no_offer(offer: str, denial: str, joined: str) -> None:
    before, after = outcomes(offer), outcomes(joined.format(denial, offer))
    found = {policy for policy, outcome in before.items() if outcome is Outcome.VIOLATION}
    assert found
    assert {policy for policy, outcome in after.items() if outcome is Outcome.VIOLATION} >= found
