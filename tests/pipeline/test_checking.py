"""The order of the stages: one answer for every claim, in the order of the draft, whatever an engine does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from checker.claims import RuleExtractor
from checker.errors import CorpusError, SettingsError
from checker.model import Article, Claim, Hit, Label, Status, Unchecked, Verdict
from checker.pipeline import Checker, CheckInterrupted
from checker.pipeline.cascade import Cascade
from checker.pipeline.retrieval import Finder
from checker.pipeline.rounds import InRounds
from checker.pipeline.workers import in_order
from checker.ports import Retrieval, Verifier
from checker.verify.asking import Asking

Answer = Verdict | Unchecked


def judged(claim: Claim, confidence: float = 0.5, engine: str = "") -> Verdict:
    return Verdict(claim, Label.NOT_ENOUGH_EVIDENCE, confidence, engine=engine)


@dataclass(frozen=True)
class By:
    """An engine that is a function of all its pairs."""

    judge: Callable[[tuple[tuple[Claim, Retrieval], ...]], Iterable[Answer]]

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Answer]:
        yield from self.judge(tuple(pairs))


def with_verifier(checker: Checker, verifier: Verifier) -> Checker:
    return replace(checker, engine=replace(checker.engine, verifier=lambda sources, finder: verifier))


def ids(answers: Iterable[Answer]) -> list[str]:
    subjects = (item.claim if isinstance(item, Verdict) else item.subject for item in answers)
    return [subject.id for subject in subjects if isinstance(subject, Claim)]


def test_the_embedded_engine_signs_its_verdicts(embedded: Checker, article: Article) -> None:
    """Every verdict names the engine, results are in document order, and nothing was spent."""
    report = embedded.check(article)
    assert ids(report.results) == ["c1", "c2", "c3"]
    assert {verdict.engine for verdict in report.verdicts} == {"embedded"}
    assert report.provenance.usage.calls == 0 and not report.provenance.prompts


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answers: answers[1:],
        lambda answers: answers[:1],
        lambda answers: [],
        lambda answers: [answers[0], answers[0], *answers[1:], answers[1]],
        lambda answers: answers[::-1],
    ],
)
def test_no_claim_is_lost_or_answered_twice(
    embedded: Checker, article: Article, spoil: Callable[[list[Answer]], list[Answer]]
) -> None:
    """An engine that leaves claims out, repeats them or mixes them up leaves `Unchecked`, one answer for each claim."""
    faulty = By(lambda pairs: spoil([judged(claim) for claim, _ in pairs]))
    report = with_verifier(embedded, faulty).check(article)
    assert ids(report.results) == ["c1", "c2", "c3"]
    assert all(isinstance(item, Verdict) or item.status is Status.FAILED for item in report.results)


def test_a_search_that_fails_costs_one_claim(embedded: Checker, article: Article) -> None:
    """The claim whose passages cannot be looked up is unchecked; those around it have their verdicts."""

    @dataclass(frozen=True)
    class Torn:
        corpus: object

        def __getattr__(self, name: str) -> object:
            return getattr(self.corpus, name)

        def search(self, query: str, **more: object) -> tuple[Hit, ...]:
            if "lighthouse" in query:
                raise CorpusError("the index is torn", where="corpus")
            return self.corpus.search(query, **more)  # type: ignore[attr-defined, no-any-return]

    report = replace(embedded, corpus=Torn(embedded.corpus)).check(article)  # type: ignore[arg-type]
    assert ids(report.results) == ["c1", "c2", "c3"]
    (lost,) = report.unchecked
    assert (lost.stage, lost.message) == ("corpus", "corpus: the index is torn")


def test_an_interrupted_check_has_its_report(embedded: Checker, article: Article) -> None:
    """Ctrl-C after the first answer: that verdict stays, the others are unchecked, and the caller still sees Ctrl-C."""

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        embedded.check(article, on_answer=interrupt)
    assert isinstance(stopped.value, CheckInterrupted)
    report = stopped.value.report
    assert ids(report.results) == ["c1", "c2", "c3"]
    assert (len(report.verdicts), len(report.unchecked)) == (1, 2)


@dataclass
class Rounds:
    """A judge whose judgement on c1 asks once and on others twice, and that fails on c2; and the reader it asks."""

    error: Exception
    fails: str = ""
    name = "rounds/1"
    batches: list[list[str]] = field(default_factory=list)

    def judgement(self, article: Article, claim: Claim, found: Retrieval) -> Asking[Verdict]:
        for turn in range(1 if claim.id == "c1" else 2):
            rows = yield [(claim.id, f"first {turn}"), (claim.id, f"second {turn}")]
            assert rows[:, 0].tolist() == [int(claim.id[1:])] * 2
            if claim.id == "c2":
                raise self.error
        return judged(claim)

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.batches.append([claim for claim, _ in pairs])
        if self.fails and any(claim == self.fails for claim, _ in pairs):
            raise self.error
        return np.asarray([[int(claim[1:]), 0, 0] for claim, _ in pairs], dtype=np.float32)


def rounds(article: Article, judge: Rounds) -> list[Answer]:
    pairs = [(claim, Retrieval(hits=())) for claim in RuleExtractor().extract(article).claims]
    return list(InRounds(judge, judge).verify_all(article, pairs))


def test_one_claims_defect_is_its_own(article: Article) -> None:
    """A judge that fails on one claim leaves it unchecked; what concerns every claim is raised."""
    answers = rounds(article, Rounds(ZeroDivisionError("nought")))
    assert ids(answers) == ["c1", "c2", "c3"]
    assert [type(answer) for answer in answers] == [Verdict, Unchecked, Verdict]
    assert isinstance(answers[1], Unchecked) and "ZeroDivisionError: nought" in answers[1].message
    with pytest.raises(SettingsError):
        rounds(article, Rounds(SettingsError("no key")))


def test_what_many_claims_ask_is_read_in_one_batch(article: Article) -> None:
    """Each round is one call of the reader for all claims that still ask, and each claim gets its own rows."""
    judge = Rounds(ZeroDivisionError("nought"))
    rounds(article, judge)
    assert judge.batches == [["c1", "c1", "c2", "c2", "c3", "c3"], ["c3", "c3"]]


def test_a_pair_that_cannot_be_read_costs_its_claim_alone(article: Article) -> None:
    """Where a batch cannot be read, each claim's pairs are read by themselves, and only the one at fault is lost."""
    answers = rounds(article, Rounds(ZeroDivisionError("nought"), fails="c3"))
    assert [type(answer) for answer in answers] == [Verdict, Unchecked, Unchecked]


def test_the_first_answer_does_not_wait_for_the_last() -> None:
    """Answers come in order and as they are ready; no more is begun than a few for each worker."""
    begun: list[int] = []
    gate = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 5:
            gate.wait(10)
        return number

    answers = in_order(work, range(1000), threads=2, name="t")
    assert [next(answers) for _ in range(5)] == [0, 1, 2, 3, 4]
    time.sleep(0.05)
    assert len(begun) < 40
    gate.set()
    answers.close()  # type: ignore[attr-defined]
    time.sleep(0.05)
    assert len(begun) < 40


def test_the_cascade_asks_the_second_only_where_the_first_is_unsure(embedded: Checker, article: Article) -> None:
    """Sure verdicts stand; open and doubtful ones are judged again; one without passages is not; order is kept."""
    asked: list[str] = []

    def second(pairs: tuple[tuple[Claim, Retrieval], ...]) -> Iterator[Answer]:
        asked.extend(claim.id for claim, _ in pairs)
        return (judged(claim, 0.9, "prompted") for claim, _ in pairs)

    first = embedded.engine.verifier(tuple(embedded.corpus.sources()), finder_of(embedded))
    report = with_verifier(embedded, Cascade(first, By(second), max_risk=0.15)).check(article)
    assert asked == ["c3"] and ids(report.results) == ["c1", "c2", "c3"]
    assert [verdict.engine for verdict in report.verdicts] == ["embedded", "embedded", "prompted"]
    with_verifier(embedded, Cascade(first, By(second), max_risk=0.0)).check(article)
    assert asked[1:] == ["c1", "c2", "c3"]


def test_more_passages_come_after_the_claims_own(embedded: Checker, article: Article) -> None:
    """A query on top adds at most two passages and never moves the claim's own first ones; barred sources stay out."""
    claim = RuleExtractor().extract(article).claims[1]
    found = finder_of(embedded).find(article, claim)
    own = replace(found, hits=found.hits[:1])
    more = finder_of(embedded).more(own, "nobody measured the lighthouse")
    assert more.hits[0] == own.hits[0] and len(more.hits) <= 3
    assert any(hit.passage.source_id == "letter" for hit in more.hits)
    assert set(more.sources) == {hit.passage.source_id for hit in more.hits}
    assert more.queries[-1] == "nobody measured the lighthouse"
    barred = replace(finder_of(embedded), barred=frozenset({"letter"}))
    assert all(hit.passage.source_id != "letter" for hit in barred.more(own, "nobody measured the lighthouse").hits)


def finder_of(checker: Checker) -> Finder:
    return Finder(checker.corpus, checker.settings, frozenset())
