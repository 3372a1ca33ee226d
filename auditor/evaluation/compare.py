"""An evaluation beside an earlier one: which pages came out otherwise."""

from __future__ import annotations

from auditor.evaluation.results import Compared, Evaluation, Flip


def compared(now: Evaluation, before: Evaluation) -> Evaluation:
    """`now` with what it was compared with, and its flips."""
    ids, earlier = ({page.id for page in each.pages} for each in (now, before))
    beside = Compared(
        auditor=before.auditor,
        created_at=before.created_at,
        policies_sha256=before.policies_sha256,
        figures=before.figures,
        new=len(ids - earlier),
        gone=len(earlier - ids),
    )
    return now.model_copy(update={"compared": beside, "flips": flips(now, before)})


def flips(now: Evaluation, before: Evaluation) -> tuple[Flip, ...]:
    """The pages whose outcome is another than in an earlier evaluation, for the policies they are labelled with."""
    earlier = {page.id: page.outcomes for page in before.pages}
    return tuple(
        Flip(id=page.id, policy=policy, label=label, before=was, now=page.outcomes.get(policy, "absent"))
        for page in now.pages
        for policy, label in page.labels.items()
        if (was := earlier.get(page.id, {}).get(policy)) and was != page.outcomes.get(policy, "absent")
    )
