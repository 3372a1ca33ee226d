"""Samples: of each stratum its share."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from auditor.sources.crawl.draw import draw, stratum_of

_FOLDERS = st.lists(st.integers(1, 60), min_size=1, max_size=6)


@given(_FOLDERS, st.integers(1, 120))
def test_each_stratum_has_its_share(sizes: list[int], size: int) -> None:
    keys = [f"http://example.org/{folder}/{number}" for folder, count in enumerate(sizes) for number in range(count)]
    drawn = draw(keys, size)
    assert len(drawn) == min(size, len(keys))
    assert drawn == draw(reversed(keys), size)
    counts = Counter(map(stratum_of, drawn))
    for folder, count in enumerate(sizes):
        assert abs(counts[f"/{folder}/"] - len(drawn) * count / len(keys)) < 1


def test_strata_are_the_first_folders() -> None:
    assert [stratum_of(f"http://e.org{path}") for path in ("/", "/a", "/a/b", "/a/b/c?x")] == ["/", "/", "/a/", "/a/"]
