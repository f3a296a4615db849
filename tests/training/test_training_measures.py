"""Windows lose nothing, figures are what they say, and the two forward passes agree."""

from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("training.scoring", reason="the training scripts are not part of the wheel")

from training.scoring import balanced_accuracy, calibration_error, macro_f1, wilson
from training.windows import most_supported, strongest, windows

TOKENIZER = Path(str(files("checker.embedded"))) / "weights" / "tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer():
    from tokenizers import Tokenizer

    if not TOKENIZER.exists():
        pytest.skip("the tokenizer has not been exported")
    return Tokenizer.from_file(str(TOKENIZER))


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(1, 90), min_size=1, max_size=12), most=st.integers(8, 64))
def test_every_word_piece_is_in_a_window_and_no_window_is_too_long(tokenizer, counts: list[int], most: int) -> None:
    """Long evidence is windowed, never cut."""
    text = " ".join(
        f"Word{at} " + " ".join(f"{at * 100 + n}" for n in range(count)) + "." for at, count in enumerate(counts)
    )
    found = windows(tokenizer, [("", text)], most)
    assert all(len(window) <= most for window in found)
    assert {id for window in found for id in window} == set(tokenizer.encode(text, add_special_tokens=False).ids)


def test_windows_overlap_and_each_carries_its_title(tokenizer) -> None:
    """What stands at one window's end stands inside the next, and a sentence is never without its title."""
    text = " ".join(f"The council met on day {n} and then went home." for n in range(20))
    found = windows(tokenizer, [("Harbour", text)], 40)
    title = tuple(tokenizer.encode("Harbour.", add_special_tokens=False).ids)
    assert len(found) > 2
    assert all(window[: len(title)] == title for window in found)
    assert all(set(left[-6:]) <= set(right) for left, right in pairwise(found))


def test_evidence_without_text_is_one_empty_window(tokenizer) -> None:
    """Nothing to read is still something to answer."""
    assert windows(tokenizer, [("", "")]) == [()]


def test_the_strongest_window_is_the_least_silent() -> None:
    """One window that decides outweighs any number that say nothing."""
    spread = np.array([[0.1, 0.1, 0.8], [0.2, 0.7, 0.1], [0.4, 0.1, 0.5]])
    assert strongest(spread).tolist() == [0.2, 0.7, 0.1]
    assert most_supported(spread).tolist() == [0.4, 0.1, 0.5]


def test_wilsons_interval_is_the_published_one() -> None:
    """8 of 10: 0.490 to 0.943."""
    figure = wilson(8, 10)
    assert (round(figure.low, 3), round(figure.high, 3)) == (0.490, 0.943)


def test_f1_balanced_accuracy_and_calibration_error_by_hand() -> None:
    """Small cases worked out on paper."""
    gold, said = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    assert macro_f1(gold, said, 2) == pytest.approx((0.8 + 2 / 3) / 2)
    assert balanced_accuracy(gold, said, 2) == pytest.approx((2 / 3 + 1) / 2)
    assert calibration_error(np.array([0.9, 0.9, 0.6, 0.6]), np.array([True, True, True, False]), 2) == pytest.approx(
        0.1
    )


def test_the_temperature_that_made_the_logits_is_found() -> None:
    """Labels drawn from softmax(logits / 2): the fit says about 2."""
    pytest.importorskip("training.calibrate")
    from training.calibrate import fit
    from training.models import probabilities

    chance = np.random.default_rng(1)
    logits = chance.normal(0, 4, (4000, 3))
    labels = np.array([chance.choice(3, p=row) for row in probabilities(logits, 2.0)])
    assert fit(logits, labels) == pytest.approx(2.0, rel=0.1)


def test_torch_and_numpy_give_the_same_logits(tmp_path: Path) -> None:
    """A small network, saved as the package stores it and read back by the shipped forward pass."""
    torch = pytest.importorskip("torch", reason="a dependency of training alone")
    from checker.embedded.transformer import load, save
    from training.batches import Row, padded
    from training.models import exported
    from training.network import Network, from_arrays, stored_names

    torch.manual_seed(1)
    network = Network(words=50, positions=32, hidden=48, wide=96, layers=2)
    state = network.state_dict()
    save(tmp_path / "v.npz", {stored: state[ours].numpy() for ours, stored in stored_names(state).items()})
    again = from_arrays(load(tmp_path / "v.npz")).eval()
    rows = [Row((1, 5, 9, 2, 8, 7, 2), 4, 0), Row((1, 5, 2, 8, 2), 3, 0)]
    with torch.no_grad():
        assert np.allclose(exported(tmp_path / "v.npz")(rows), again(*padded(rows)).numpy(), atol=1e-4)


def test_not_supported_rows_ask_only_for_refuted_or_silent() -> None:
    """Moving weight between those two classes changes nothing."""
    torch = pytest.importorskip("torch", reason="a dependency of training alone")
    from training.train_verifier import loss_of

    labels = torch.tensor([3])
    left, right = (loss_of(torch.tensor([row]), labels) for row in ([0.0, 2.0, 1.0], [0.0, 1.0, 2.0]))
    assert torch.allclose(left, right)
    assert loss_of(torch.tensor([[3.0, 0.0, 0.0]]), labels) > left


def test_the_learning_rate_rises_and_falls_to_nothing() -> None:
    """Up over the warm-up, down to zero at the end of the budget."""
    pytest.importorskip("torch", reason="a dependency of training alone")
    from training.train_verifier import WARM_UP, rate

    assert rate(0.0) < 0.02
    assert rate(WARM_UP) == pytest.approx(1.0)
    assert rate(1.0) == 0.0


def test_a_schedule_meets_its_budget_and_begins_alike_whatever_the_budget() -> None:
    """The same seed gives the same batches, as far as they go."""
    pytest.importorskip("torch", reason="a dependency of training alone")
    from training.batches import schedule

    lengths, shares = list(range(10, 510)), [1.0] * 400 + [0.5] * 100
    short, long = (schedule(lengths, shares, budget, 32, seed=3) for budget in (320, 3200))
    assert short == long[: len(short)]
    assert 3200 <= sum(map(len, long)) < 3232
