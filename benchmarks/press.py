"""An invented press: sources about the works of small towns, and a draft about one of them with some facts changed.

Sources on different towns share their wording, as sources on one topic do, so that retrieval and reading have to
tell them apart: a claim meets a full set of sentences that share words with it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PUBLISHED = date(2024, 9, 30)
"""The day of the draft; every source is older."""

_FIRST_DAY = date(2019, 1, 1)
_SYLLABLES = ("bar", "cor", "dun", "fen", "gal", "hol", "ist", "kel", "lor", "mar", "nor", "pen", "ros", "sel", "tor")
_ENDINGS = ("by", "dale", "ford", "ham", "haven", "mouth", "stead", "ton", "wick", "worth")
_FIRST_NAMES = ("Ada", "Bruno", "Clara", "Dario", "Edith", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Lena", "Otto")
_WORKS = ("harbour wall", "tram line", "reservoir", "covered market", "swimming hall", "footbridge", "concert hall")
_BODIES = ("the town council", "the harbour board", "the audit office", "the works committee", "the county court")

_SENTENCES = (
    "The {work} in {town} was opened on {day}",
    "Building the {work} cost {money} million crowns, {share} per cent more than was planned",
    "Engineer {person} of {town} drew the first plans of the {work} in {year}",
    "{Body} approved the plans by {few} votes to {fewer}",
    "The contract was given to the firm {firm}, which employs {many} people in {town}",
    "Some {many} metres of pipe were laid under the old {street} during the winter of {year}",
    '"We have waited {few} years for the {work}," said {person}, who heads {body} in {town}',
    "{Body} received {many} objections from residents of {town}, {few} of which were upheld",
    "A report by the engineer {person} found cracks in {few} of the {many} concrete slabs of the {work}",
    "Work on the {work} stopped for {few} weeks in {month} after part of the {street} had sunk by {few} centimetres",
    "The regional fund paid {share} per cent of the cost of the {work}",
    "{person} was elected mayor of {town} in {year} with {share} per cent of the vote",
    "About {many} visitors came to the {work} in its first month",
    "The {work} stands {few} kilometres from the railway station of {town}",
    "{Body} fined the firm {firm} {money} million crowns for the delay",
    "The town of {town} had {many} inhabitants when the {work} was begun in {year}",
    "According to {person}, the {work} will be repaired before the end of {month}",
    "Neither the firm {firm} nor {body} would say who had ordered the cheaper concrete",
    "The {street} was closed to lorries from {month} to the end of the year",
    "{person} resigned from {body} on {day} and was followed by {other}",
    "The new pumps of the {work} move {many} litres of water a minute",
    "The first survey of the ground, made in {year}, had covered only {share} per cent of the site",
    "The {work} replaced an older one that had been built in {year} by the firm {firm}",
    "Trees along the {street} were felled in {month}, although {body} had forbidden it",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to one work in one town, as sentences, each in two wordings of its figures: told and mistold."""

    town: str
    work: str
    told: tuple[str, ...]
    mistold: tuple[str, ...]


def story(number: int) -> Story:
    """The story of that number: equal numbers, equal stories."""
    chance = random.Random(number)
    fixed = {
        "town": _name(chance, _ENDINGS),
        "work": chance.choice(_WORKS),
        "firm": _name(chance, ("mann", "sen", "well")) + " and " + _name(chance, ("er", "ley", "ov")),
        "street": _name(chance, ("gate", "row")) + " road",
    }
    people = [f"{chance.choice(_FIRST_NAMES)} {_name(chance, ('berg', 'ini', 'wood'))}" for _ in range(4)]
    told, mistold = [], []
    for _ in range(2):
        for sentence in chance.sample(_SENTENCES, len(_SENTENCES)):
            body = chance.choice(_BODIES)
            named = fixed | {"person": chance.choice(people), "other": chance.choice(people), "body": body}
            named["Body"] = body[0].upper() + body[1:]
            told.append(sentence.format(**named, **_figures(chance)) + ".")
            mistold.append(sentence.format(**named, **_figures(chance)) + ".")
    return Story(fixed["town"], fixed["work"], tuple(told), tuple(mistold))


def sources(count: int) -> Iterator[tuple[str, str, date, str]]:
    """(id, title, day of publication, text) of `count` sources, one a story."""
    for number in range(count):
        told = story(number)
        yield (
            f"s{number:05}",
            f"The {told.work} of {told.town}",
            _FIRST_DAY + timedelta(days=number),
            _paragraphs(told.told),
        )


def draft(words: int = 800, number: int = 0, *, rewritten: int | None = None) -> str:
    """About `words` words on story `number`; every third sentence has other figures than the sources.

    The sentence at `rewritten` is told as it would not be otherwise: the same draft after one edit.
    """
    found = story(number)
    said: list[str] = []
    for at, (told, mistold) in enumerate(zip(found.told, found.mistold, strict=True)):
        if sum(len(sentence.split()) for sentence in said) >= words:
            break
        said.append(mistold if (at % 3 == 2) != (at == rewritten) else told)
    return _paragraphs(said)


def _paragraphs(sentences: tuple[str, ...] | list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)) + "\n"


def _name(chance: random.Random, endings: tuple[str, ...]) -> str:
    return (chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES) + chance.choice(endings)).capitalize()


def _figures(chance: random.Random) -> dict[str, str]:
    day = _FIRST_DAY + timedelta(days=chance.randrange(1500))
    return {
        "day": f"{day.day} {day:%B %Y}",
        "month": f"{day:%B %Y}",
        "year": str(chance.randrange(1950, 2020)),
        "money": f"{chance.randrange(20, 900) / 10}",
        "share": str(chance.randrange(4, 90)),
        "few": str(chance.randrange(7, 30)),
        "fewer": str(chance.randrange(2, 7)),
        "many": f"{chance.randrange(110, 9000):,}",
    }
