"""Near-miss pairs out of supported ones: one number, date, unit, name, comparison, quantifier or negation is changed.

Each change is made on the claim's side, on the evidence's side, or on both. A change on both keeps the pair supported,
so that neither the claim alone nor what a model remembers of the world gives the answer away.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from training.rows import Pair

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w-])|(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|,\d)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z'’]{2,}(?: (?=[A-Z]))?){1,4}")
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|have|had|can|could|will|would|may|does|did)\b(?! not|n't)", re.IGNORECASE
)
_COUNTS = tuple("two three four five six seven eight nine ten eleven twelve".split())
_MONTHS = tuple(
    "January February March April June July August September October November December".split()  # "May" is a verb too
)
_OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in (
        "more/less higher/lower larger/smaller bigger/smaller greater/lesser increase/decrease increased/decreased "
        "increases/decreases increasing/decreasing before/after first/last most/least highest/lowest largest/smallest "
        "older/younger oldest/youngest rose/fell rising/falling north/south northern/southern east/west "
        "eastern/western above/below early/late earlier/later won/lost longer/shorter better/worse best/worst "
        "male/female man/woman inside/outside up/down major/minor oldest/newest upregulated/downregulated high/low "
        "start/end began/ended brother/sister father/son mother/daughter king/queen actor/actress husband/wife "
        "reduces/raises reduced/raised positive/negative same/different alive/dead open/closed young/old "
        "majority/minority"
    ).split()
)
_UNITS = tuple(
    tuple(group.split("/"))
    for group in (
        "kilometres/miles/metres kilometers/miles/meters km/miles/m metres/feet meters/feet million/billion/thousand "
        "kilograms/pounds kg/pounds/g hours/days/minutes days/weeks/months weeks/months/years years/months/decades "
        "dollars/euros/pounds percent/times mg/g/kg Celsius/Fahrenheit acres/hectares"
    ).split()
)
_QUANTIFIERS = {
    # word: (change, what a supported pair becomes)
    "some": ("all", "NOT_SUPPORTED"),
    "many": ("no", "REFUTED"),
    "several": ("no", "REFUTED"),
    "most": ("all", "NOT_SUPPORTED"),
    "all": ("no", "REFUTED"),
    "every": ("no", "REFUTED"),
    "often": ("never", "REFUTED"),
    "sometimes": ("always", "NOT_SUPPORTED"),
    "usually": ("never", "REFUTED"),
    "always": ("never", "REFUTED"),
    "both": ("neither of", "REFUTED"),
    "can": ("must", "NOT_SUPPORTED"),
    "may": ("does certainly", "NOT_SUPPORTED"),
}


@dataclass(frozen=True, slots=True)
class Swap:
    """`old` stands in the claim and in the evidence; putting `new` on one side alone gives `label`."""

    kind: str
    old: str
    new: str
    label: str


def variants(pair: Pair, names: Sequence[str], chance: random.Random) -> list[Pair]:
    """Every near miss that can be made of a supported `pair`, one swap each, at most one of a kind."""
    found: list[Pair] = []
    for make in (_numbers, _counts, _years, _months, _opposites, _units):
        swaps = list(make(pair, chance))
        if swaps:
            found.extend(_sides(pair, chance.choice(swaps), chance))
    named = list(_names(pair, names, chance))
    if named:
        found.extend(_sides(pair, chance.choice(named), chance))
    for edit in (_negated, _quantified, _exchanged):
        made = edit(pair, chance)
        if made is not None:
            found.append(made)
    return found


def _sides(pair: Pair, swap: Swap, chance: random.Random) -> Iterator[Pair]:
    """One near miss on one side, and one time in three the harmless change on both."""
    claim, evidence = (_put(text, swap.old, swap.new) for text in (pair.claim, pair.evidence))
    if chance.random() < 0.5:
        yield _made(pair, claim, pair.evidence, swap.label, f"{swap.kind}-claim")
        denied = _denied(claim)
        if denied and swap.label == "REFUTED":
            # "was not founded in 1987" against "founded in 1985": a denial that holds, or "not" would mean refuted.
            yield _made(pair, denied, pair.evidence, "SUPPORTED", f"{swap.kind}-denied")
    else:
        yield _made(pair, pair.claim, evidence, swap.label, f"{swap.kind}-evidence")
    if chance.random() < 0.34:
        yield _made(pair, claim, evidence, "SUPPORTED", f"{swap.kind}-both")


def _made(pair: Pair, claim: str, evidence: str, label: str, kind: str) -> Pair:
    share = 0.5 if kind.startswith("name") else 1.0  # by far the most, and of two classes only
    return replace(pair, id=f"{pair.id}/{kind}", claim=claim, evidence=evidence, label=label, kind=kind, share=share)


def _put(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.,-]){re.escape(old)}(?![\w-])", lambda _: new, text)


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w.,-]){re.escape(word)}(?![\w-])", text) is not None


def _numbers(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for match in _NUMBER.finditer(pair.claim):
        old = match.group()
        if _YEAR.fullmatch(old) or not _has(pair.evidence, old):
            continue
        new = _other_number(old, chance)
        if new != old and not _has(pair.evidence, new) and not _has(pair.claim, new):
            yield Swap("number", old, new, "REFUTED")


def _other_number(old: str, chance: random.Random) -> str:
    plain = old.replace(",", "")
    if "." in plain:
        places = len(plain.split(".")[1])
        return f"{float(plain) * chance.choice((0.5, 0.8, 1.3, 2.0, 10.0)):.{places}f}"
    value = int(plain)
    near = (value + chance.randint(1, 4), max(1, value - chance.randint(1, 3)))
    far = (value * 2, max(1, value // 2), value * 10, value + max(1, value // 4))
    chosen = chance.choice(near if chance.random() < 0.5 else far)
    return f"{chosen:,}" if "," in old else str(chosen)


def _counts(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for word in _COUNTS:
        if _has(pair.claim, word) and _has(pair.evidence, word):
            new = chance.choice([other for other in _COUNTS if not _has(pair.evidence, other)])
            yield Swap("number", word, new, "REFUTED")


def _years(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for match in _YEAR.finditer(pair.claim):
        old = match.group()
        new = str(int(old) + chance.choice((-11, -10, -4, -3, -2, -1, 1, 2, 3, 5, 10, 20)))
        if _has(pair.evidence, old) and not _has(pair.evidence, new):
            yield Swap("date", old, new, "REFUTED")


def _months(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for old in _MONTHS:
        if _has(pair.claim, old) and _has(pair.evidence, old):
            new = chance.choice([month for month in _MONTHS if not _has(pair.evidence, month)])
            yield Swap("date", old, new, "REFUTED")


def _opposites(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for one, other in _OPPOSITES:
        for old, new in ((one, other), (other, one)):
            if _has(pair.claim, old) and _has(pair.evidence, old) and not _has(pair.evidence, new):
                yield Swap("comparison", old, new, "REFUTED")


def _units(pair: Pair, chance: random.Random) -> Iterator[Swap]:
    for group in _UNITS:
        for old in group:
            others = [unit for unit in group if unit != old and not _has(pair.evidence, unit)]
            found = re.search(rf"\d {re.escape(old)}(?!\w)", pair.claim)
            if found and others and re.search(rf"\d {re.escape(old)}(?!\w)", pair.evidence):
                yield Swap("unit", old, chance.choice(others), "REFUTED")


def _names(pair: Pair, names: Sequence[str], chance: random.Random) -> Iterator[Swap]:
    # A wrong name can be right by accident, or merely unsaid: the label says only "not supported".
    for match in _NAME.finditer(pair.claim):
        old = match.group().strip()
        if not _has(pair.evidence, old) or not names:
            continue
        new = next((name for name in chance.choices(names, k=12) if len(name.split()) == len(old.split())), None)
        if new and not _has(pair.evidence, new) and not _has(pair.claim, new):
            yield Swap("name", old, new, "NOT_SUPPORTED")


def names_in(texts: Sequence[str]) -> list[str]:
    """Names met inside the sentences of `texts`, each once."""
    return sorted({match.group().strip() for text in texts for match in _NAME.finditer(text)})


def _denied(text: str) -> str | None:
    """`text` with "not" behind its first auxiliary; None where there is none or it is a question or denied already."""
    found = _AUXILIARY.search(text)
    if found is None or re.search(r"\b(?:not|never|no|only|neither|nor)\b|n't|\?", text, re.IGNORECASE):
        return None
    return f"{text[: found.end()]} not{text[found.end() :]}"


def denial(pair: Pair) -> Pair | None:
    """The denial of a refuted claim, which its evidence supports."""
    denied = _denied(pair.claim)
    return None if denied is None else _made(pair, denied, pair.evidence, "SUPPORTED", "denied")


def _negated(pair: Pair, chance: random.Random) -> Pair | None:
    denied = _denied(pair.claim)
    found = _AUXILIARY.search(pair.claim)
    if denied is None or found is None:
        return None
    after = re.match(r"\s+\w+", pair.claim[found.end() :])
    phrase = found.group() + after.group() if after else ""
    if phrase and _has(pair.evidence, phrase) and len(pair.evidence.split()) < 40 and chance.random() < 0.6:
        evidence = pair.evidence.replace(phrase, phrase.replace(found.group(), f"{found.group()} not", 1), 1)
        if chance.random() < 0.4:
            return _made(pair, denied, evidence, "SUPPORTED", "negation-both")
        return _made(pair, pair.claim, evidence, "REFUTED", "negation-evidence")
    # Held down to about the number of true denials, or "not" alone would come to mean refuted.
    return _made(pair, denied, pair.evidence, "REFUTED", "negation-claim") if chance.random() < 0.3 else None


def _quantified(pair: Pair, chance: random.Random) -> Pair | None:
    for old, (new, label) in _QUANTIFIERS.items():
        if _has(pair.claim, old):
            return _made(pair, _put(pair.claim, old, new), pair.evidence, label, "quantifier-claim")
    return None


def _exchanged(pair: Pair, chance: random.Random) -> Pair | None:
    """The claim with two of its names in each other's place, where no word makes their order mean nothing."""
    names = [match.group().strip() for match in _NAME.finditer(pair.claim)]
    opening = re.match(r"(?:[A-Z][a-z'’]{2,} ?){1,3}", pair.claim)
    if opening is None or not names or re.search(r"\b(?:and|or|with|both|same)\b", pair.claim):
        return None
    first, second = opening.group().strip(), names[-1]
    if first in second or second in first or len(first.split()) < 2:
        return None
    claim = second + pair.claim[len(first) :].replace(second, first)
    return _made(pair, claim, pair.evidence, "NOT_SUPPORTED", "name-exchanged")
