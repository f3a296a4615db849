"""What trains: permitted sets only, no group on both sides of a split, and near misses that say what they claim."""

import gzip
import json
import random
from pathlib import Path

import pytest

pytest.importorskip("training.rows", reason="the training scripts are not part of the wheel")

from training.rows import Pair, given, groups, held_out, read_pairs, write_pairs
from training.swaps import denial, names_in, variants


def pair(claim: str, evidence: str, label: str = "SUPPORTED", name: str = "x") -> Pair:
    return Pair(name, claim, evidence, label, "made/up")


SUPPORTED = (
    pair("The bridge was opened in 1931.", "The bridge, which was opened in 1931, carries two tracks."),
    pair("The ferry carries 240 passengers.", "Each ferry carries 240 passengers and 30 cars."),
    pair("In May the mill hired Ada Karlsen.", "In spring the owner of the mill hired Ada Karlsen as its keeper."),
    pair("Output was higher than in March.", "In April output was higher than in March, the works said."),
    pair("The road is 12 kilometres long.", "The coastal road is 12 kilometres long."),
    pair("By noon most of the boats were lost.", "By noon most of the boats were lost in the storm."),
)


def made(kind: str) -> list[Pair]:
    """Near misses of one kind over several draws."""
    found = []
    for seed in range(40):
        for supported in SUPPORTED:
            found.extend(variants(supported, ("Ola Berg", "Kari Lund"), random.Random(seed)))
    return [one for one in found if one.kind.startswith(kind)]


@pytest.mark.parametrize("kind", ["number", "date", "unit", "comparison", "name", "negation", "quantifier"])
def test_every_kind_of_near_miss_is_made(kind: str) -> None:
    """The sentences here, few as they are, give each kind of swap."""
    assert made(kind)


@pytest.mark.parametrize("kind", ["number", "date", "unit", "comparison"])
def test_a_swap_on_one_side_refutes_and_on_both_sides_supports(kind: str) -> None:
    """Only where claim and evidence no longer agree does the label change."""
    labels = {one.kind.removeprefix(f"{kind}-"): one.label for one in made(kind)}
    assert labels["both"] == "SUPPORTED"
    assert {labels.get("claim", "REFUTED"), labels.get("evidence", "REFUTED")} == {"REFUTED"}


def test_a_swapped_number_is_not_in_the_evidence() -> None:
    """A changed number that the evidence also gives would be no near miss."""
    for one in made("number-claim"):
        changed = set(one.claim.split()) - {word for supported in SUPPORTED for word in supported.claim.split()}
        assert changed
        assert not changed & set(one.evidence.split())


def test_a_wrong_name_says_only_that_it_is_not_supported() -> None:
    """Another name may be true and merely unsaid."""
    assert {one.label for one in made("name") if not one.kind.endswith("-both")} == {"NOT_SUPPORTED"}


def test_the_denial_of_a_refuted_claim_is_supported() -> None:
    """So that the word "not" does not come to mean refuted."""
    denied = denial(pair("The mill was built by Ada Karlsen.", "Ola Berg built the mill.", "REFUTED"))
    assert denied is not None
    assert (denied.claim, denied.label) == ("The mill was not built by Ada Karlsen.", "SUPPORTED")
    assert denial(pair("The mill was never sold.", "It was sold twice.", "REFUTED")) is None


def test_names_are_taken_from_inside_sentences() -> None:
    """The first word of a sentence is capital whatever it is."""
    assert names_in(["Then the council heard Ada Karlsen."]) == ["Ada Karlsen"]


def test_pairs_that_share_a_claim_or_evidence_share_a_group() -> None:
    """Directly or over a third pair."""
    chained = [pair("a", "1"), pair("a", "2"), pair("b", "2"), pair("c", "3")]
    first, second, third, other = groups(chained)
    assert first == second == third != other


def test_no_group_is_on_both_sides_of_a_split() -> None:
    """A claim held out for calibration trains nothing, and neither does its evidence."""
    pairs = [pair(f"claim {at // 3}", f"evidence {at // 2}", name=str(at)) for at in range(3000)]
    pairs += [pair(f"lone {at}", f"ground {at}", name=f"l{at}") for at in range(3000)]
    split = held_out(pairs, {"calibration": 0.04, "watch": 0.01})
    assert sorted(one.id for part in split.values() for one in part) == sorted(one.id for one in pairs)
    for field in ("claim", "evidence"):
        seen = [{getattr(one, field) for one in part} for part in split.values()]
        assert not any(left & right for at, left in enumerate(seen) for right in seen[:at])
    assert 60 < len(split["calibration"]) < 3000


def test_stored_pairs_come_back_and_equal_pairs_give_equal_bytes(tmp_path: Path) -> None:
    """The builder's files can be compared by digest."""
    for name in ("one", "two"):
        write_pairs(tmp_path / name, SUPPORTED)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert tuple(read_pairs(tmp_path / "one")) == SUPPORTED


def test_citation_marks_are_taken_out_of_claims() -> None:
    """One set writes CIT where a citation stood; a draft never does."""
    row = {
        "id": 1,
        "claim": "Cells divide [CIT].",
        "evidence": "They  divide.",
        "label": "NEI",
        "source": "citint/train",
    }
    assert (given(row, 1.0).claim, given(row, 1.0).evidence) == ("Cells divide .", "They divide.")


def test_a_row_of_a_set_that_may_not_train_is_refused(tmp_path: Path) -> None:
    """The rule about licences is kept by the builder, not by memory."""
    pytest.importorskip("sklearn", reason="a dependency of training alone")
    from training.build_data import permitted, training_shares

    (tmp_path / "train").mkdir()
    row = {"id": "1", "claim": "c", "evidence": "e", "label": "NEI", "source": "healthver_dev", "tier": "B"}
    with gzip.open(tmp_path / "train" / "pairs.jsonl.gz", "wt") as file:
        file.write(json.dumps(row))
    with pytest.raises(ValueError, match="healthver_dev"):
        permitted(tmp_path, training_shares())


def test_silent_evidence_is_on_the_topic_and_lacks_the_claims_words() -> None:
    """A text with most of a claim's words may decide it."""
    pytest.importorskip("sklearn", reason="a dependency of training alone")
    from training.silence import MOST_COVERED, covered, removed_pairs, silent_pairs

    pairs = [
        pair(f"Harbour {n} has {n} cranes.", f"The harbour authority put {n} cranes on quay {n}.", name=str(n))
        for n in range(30)
    ]
    for one in silent_pairs(pairs, 30, random.Random(1)):
        assert one.label == "NEI"
        assert covered(one.claim, one.evidence) <= MOST_COVERED
    whole = pair("The mill burned down in March.", "The mill burned down in March. Nobody was hurt in the town at all.")
    (removed,) = removed_pairs([whole], 1, random.Random(1))
    assert (removed.label, removed.evidence) == ("NEI", "Nobody was hurt in the town at all.")
