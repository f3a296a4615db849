"""Results of games held together: who won and by how much, whichever side each text names first."""

from __future__ import annotations

from checker.language.dates import find_dates
from checker.language.results import Result, find_results
from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation


def check_results(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """One finding on the score of each result of `claim`; silence where the sentence does not give that game."""
    ours, theirs = find_results(claim), find_results(sentence)
    if not ours or _other_days(claim, sentence, context):
        theirs = ()
    return tuple(_finding(mine, theirs, sentence) or Finding(Relation.SILENT, mine.score) for mine in ours)


def _other_days(claim: str, sentence: str, context: Context) -> bool:
    """Whether both say when, and not alike: sides meet more than once."""
    ours, theirs = find_dates(claim, context.claim_date), find_dates(sentence, context.source_date)
    known = [item for item in (*ours, *theirs) if item.resolved]
    if len(known) < len(ours) + len(theirs):
        return bool(ours and theirs)
    return bool(ours and theirs) and all(one.apart(other) for one in ours for other in theirs)


def _finding(mine: Result, theirs: tuple[Result, ...], sentence: str) -> Finding | None:
    games = [other for other in theirs if _one_game(mine, other)]
    place = next((other for other in games if _equal(mine, other)), None)
    if place is not None:
        return Finding(Relation.AGREES, mine.score, place.score)
    if len(games) != 1 or len(theirs) != 1:
        return None
    other = games[0]
    same_way = mine.drawn == other.drawn and _way(mine, other)
    code = ReasonCode.QUANTITY_MISMATCH if same_way else ReasonCode.SAYS_OTHERWISE
    note = f"the source gives the result as “{other.span.of(sentence)}”"
    note += "" if same_way else ": the other side won, or nobody did"
    both = len(_sides(mine)) == len(_sides(other)) == 2
    better = other.figures if same_way and both else None
    return Finding(Relation.CONFLICTS, mine.score, other.score, code, note, better, certain=both)


def _one_game(mine: Result, other: Result) -> bool:
    """Whether both are between the same sides, as far as each names them; one side named by both is enough."""
    ours, theirs = _sides(mine), _sides(other)
    if not ours or not theirs:
        return False
    shared = sum(any(_same(a, b) for b in theirs) for a in ours)
    return shared == min(len(ours), len(theirs)) and (shared == 2 or len(ours) + len(theirs) == 2)


def _sides(result: Result) -> list[tuple[str, ...]]:
    return [side for side in (result.winner, result.loser) if side]


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sides are one: one name, or the end or the beginning of the other: "Rovers", "Ardle Rovers"."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (long[-len(short) :] == short or long[: len(short)] == short)


def _way(mine: Result, other: Result) -> bool:
    """Whether the same side won, as far as both name it."""
    if mine.drawn and other.drawn:
        return True
    won = bool(mine.winner and other.winner) and _same(mine.winner, other.winner)
    lost = bool(mine.loser and other.loser) and _same(mine.loser, other.loser)
    return won or lost


def _equal(mine: Result, other: Result) -> bool:
    return mine.figures == other.figures and _way(mine, other)
