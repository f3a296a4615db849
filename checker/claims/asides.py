"""Facts beside the main one, which can be wrong alone: appositions, "of whom", "where", "when", comparisons, votes.

Each is claimed in full words of the sentence; where its subject, place or time is not certain the clause stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from checker.claims.parts import CONDITION, HEDGED, Part, Tokens, governs, subordinates, without
from checker.claims.relatives import antecedent
from checker.claims.restating import sentence, tidy
from checker.claims.verbs import AUXILIARIES, THIRD, finite, first_verb, has_verb, opens_with_verb, past
from checker.language.amounts import find_amounts
from checker.language.lexicon import TITLES
from checker.language.names import Name, find_names
from checker.language.words import words
from checker.spans import View

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_ABOUT = r"(?:(?:about|nearly|almost|at least|more than|fewer than|over)[ ])?"
_APPOSED = re.compile(r"^(?P<subject>[^,;:]{2,60}),[ ](?P<said>(?:[^,;:]|(?<=\d),(?=\d)){2,90}),[ ](?P<rest>[^;:]+)$")
_DETERMINED = re.compile(r"^(?:[Tt]he|[\w.-]+(?:[ ][\w.-]+)*['’]s?)[ ]")
_INDEFINITE = re.compile(r"^(?:an?|the|one of|its|their|his|her)[ ]")
_TELLING = re.compile(r"\d|[A-Z]|\b\w{3,}est\b|\b(?:most|least|first|last|only|second|third|largest|best|worst)\b")
_ONLY_AMOUNT = re.compile(rf"^(?:about |nearly |almost |some |just over |just under )?[$£€]?{_NUMBER}(?:[ ][\w%-]+)?$")
_OF_WHOM = re.compile(
    r",[ ](?P<aside>(?P<many>(?:not a few|a few|some|many|most|several|all|none|half|both|few"
    rf"|{_ABOUT}(?:{_NUMBER}|half|a (?:third|quarter|fifth|tenth))))[ ]of[ ](?P<who>whom|which)[ ]"
    r"(?P<does>[^,;]+?))[.]?$"
)
_WHOM = re.compile(
    rf",[ ](?P<aside>of[ ](?P<who>whom|which)[ ](?P<many>{_ABOUT}(?:{_NUMBER}|some|many|most|half|all|none"
    rf"|a (?:third|quarter|fifth|tenth)))[ ](?P<does>[^,;]+?))[.]?$"
)
_COUNTED = re.compile(
    rf"\b(?P<counted>{_NUMBER}[ ](?:[a-z-]+[ ])?(?:people|children|women|men|staff|[a-z]+[^s\W\d]s))\b"
)
_WHERE = re.compile(r",[ ](?P<aside>where[ ](?P<says>[^;]+))$|,[ ](?P<within>where[ ](?P<inside>[^,;]+)),[ ]")
_IN = re.compile(r"\b(?P<in>in|at|on|near|outside|inside)[ ]$", re.I)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = re.compile(
    r"\b(?P<in>in|on|since|during)[ ](?P<time>(?:the[ ])?(?:(?:early|late|mid|spring|summer|autumn|winter|morning"
    r"|evening|night|week|month|end|start)(?:[ ]of)?[ -])*(?:\d{1,2}[ ])?"
    rf"(?:{_MONTH}(?:[ ]\d{{1,2}})?,?)?[ ]?(?:(?:1[5-9]|20)\d\d)?),[ ]when[ ](?P<says>[^,;]+?)[.]?$"
)
_THAN = re.compile(
    r",[ ](?:which[ ](?:is|was|are|were)[ ])?(?P<aside>(?:(?:far|well|much|almost|nearly|about|just|slightly"
    r"|around)[ ])*(?:(?:less|more|fewer|higher|lower|earlier|later)[ ]than"
    rf"|[$£€]?{_NUMBER}(?:[ ](?:\w+|per[ ]cent))?[ ](?:less|more|fewer|higher|lower)[ ]than"
    r"|short[ ]of|(?:double|twice|half|three[ ]times|four[ ]times)[ ])\b[^,;]*?)[.]?$"
)
_AFTER = re.compile(r"[ ](?:after|until|when)[ ](?P<says>[^,;:]+?)[.]?$")
_BEFORE_AMOUNT = re.compile(
    r"[ ](?:(?:about|around|nearly|almost|just|over|under|some|more than|a total of)[ ])*[$£€]?$"
)
_VOTES = re.compile(
    rf",?[ ](?P<aside>with[ ](?P<for>{_NUMBER})(?:[ ](?:councillors|members|votes|people))?(?:[ ]voting)?[ ]"
    rf"(?:for|in favour)(?:,|[ ]and)[ ](?P<against>{_NUMBER})(?:[ ]voting)?[ ]against)[.]?$"
)


@dataclass(frozen=True, slots=True)
class _Aside:
    """The stretches to leave out of the main clause, the stretch that states the fact, and the fact."""

    gone: tuple[tuple[int, int], ...]
    place: tuple[int, int]
    fact: str


def asides(view: View) -> tuple[View, list[Part]]:
    """The clause without what it says beside its main statement, and that as statements of their own."""
    facts: list[Part] = []
    if CONDITION.search(view.text) or HEDGED.search(view.text):
        return view, facts
    for find in _FINDERS:
        found = find(view.text)
        if found is None:
            continue
        facts.append(Part(view.span(*found.place), sentence(found.fact)))
        for start, end in reversed(found.gone):
            view = without(view, start, end if view.text[end:].strip(" .") else len(view.text))
    return view, facts


def _apposed(text: str) -> _Aside | None:
    """ "Haldane, a retired engineer, is ...", "the contractor, Garvock Marine, drove ..."."""
    match = _APPOSED.match(text)
    if not match or not _goes_on(match["rest"]) or has_verb(words(match["subject"])):
        return None
    subject, said = match["subject"], match["said"]
    name = _whole_name(subject)
    if name is None and re.search(r"\b(?:of|over|in|at|from|for|with|on|and|or)\b", subject):
        return None
    named = _whole_name(said.removeprefix("the "))
    if named is not None and name is None:
        return _named(match, said) if subject.startswith(("The ", "the ")) else None
    if not _describes(name, subject, said):
        return None
    verb = "is" if name is not None else _be(subject, match["rest"])
    gone = (match.end("subject"), match.end("said") + 1)
    return _Aside((gone,), (match.start("subject"), match.end("said")), f"{subject} {verb} {said}")


def _named(match: re.Match[str], said: str) -> _Aside:
    """ "The contractor, Garvock Marine, drove": who the contractor is, and what Garvock Marine did."""
    subject = match["subject"][0].lower() + match["subject"][1:]
    verb = "is" if not subject.endswith("s") or subject.endswith("ss") else "are"
    gone = ((match.start("subject"), match.start("said")), (match.end("said"), match.end("said") + 1))
    return _Aside(gone, (match.start("subject"), match.end("said")), f"{said} {verb} {subject}")


def _describes(name: Name | None, subject: str, said: str) -> bool:
    """Whether an apposition says something of its subject that can be checked."""
    tokens = words(said)
    if any(low in ("who", "which", "that", "and", "or", "not", "then", "now") for low, _, _ in tokens):
        return False
    if any(low in AUXILIARIES or (low in THIRD and at) for at, (low, _, _) in enumerate(tokens)):
        return False
    if name is None and not _DETERMINED.match(subject):
        return False
    if name is None and _ONLY_AMOUNT.match(said):
        return True
    if not _INDEFINITE.match(said) or len(tokens) > 14:
        return False
    return bool(_TELLING.search(said)) or (name is not None and bool({low for low, _, _ in tokens} & TITLES))


def _whole_name(text: str) -> Name | None:
    """The name that `text` is, with its title or article and nothing else."""
    for name in find_names(text):
        lead = text[: name.span.start].strip()
        if name.span.end == len(text) and (not lead or lead == name.title or lead.casefold() == "the"):
            return name
    return None


def _be(subject: str, rest: str) -> str:
    """The form of "be" that suits a subject, in the time of the verb of its sentence."""
    opening = words(rest)[0][0]
    past_time = opening in ("was", "were", "had") or past(opening)
    many = subject.endswith("s") and not subject.endswith("ss")
    return ("were" if many else "was") if past_time else ("are" if many else "is")


def _goes_on(rest: str) -> bool:
    """Whether `rest` is the predicate of what stands before an apposition."""
    tokens = words(rest)
    if len(tokens) < 3:
        return False
    if re.match(r"^(?:also|now|still|later|has since|then)[ ]", rest):
        tokens = tokens[1:]
    return opens_with_verb(tokens) and not (tokens[0][0].endswith("ed") and tokens[1][0] in ("by", "in", "as"))


def _of_whom(text: str) -> _Aside | None:
    """ "from 341 people, not a few of whom ...": said of the 341 people."""
    match = _OF_WHOM.search(text) or _WHOM.search(text)
    if not match or not opens_with_verb(words(match["does"])) or not has_verb(words(text[: match.start()])):
        return None
    head = text[: match.start()]
    counted = list(_COUNTED.finditer(head))
    beside = bool(counted) and counted[-1].end() == len(head)
    if not counted or not (beside or (len(counted) == 1 and match["who"] == "whom")):
        return None
    whose = counted[-1]["counted"]
    return _Aside(
        ((match.start(), match.end("aside")),), match.span("aside"), f"{match['many']} of the {whose} {match['does']}"
    )


def _where(text: str) -> _Aside | None:
    """ "at Coldbrook School, where the share rose": that it rose at Coldbrook School."""
    match = _WHERE.search(text)
    if not match:
        return None
    name = "aside" if match["aside"] else "within"
    says = (match["says"] or match["inside"]).rstrip(" .")
    head = text[: match.start()]
    place = antecedent(head, len(head))
    before = _IN.search(head[: len(head) - len(place)]) if place else None
    rest = text[match.end() :]
    if place is None or before is None or not _stands(says) or not _leaves(head, rest, name == "aside"):
        return None
    if name == "aside" and "," in re.sub(r"\d,\d", "", says) and not re.search(r"and, [^,]+, \w+", says):
        return None
    end = match.start(name) + len("where ") + len(says)
    return _Aside(((match.start(), end),), (match.start(name), end), f"{before['in']} {place}, {says}")


def _leaves(head: str, rest: str, at_the_end: bool) -> bool:
    """Whether a main clause is left without the aside."""
    return has_verb(words(head)) if at_the_end else has_verb(words(rest)) and not has_verb(words(head))


def _when(text: str) -> _Aside | None:
    """ "in the winter of 2020, when the council closed it": that it did so then."""
    match = _WHEN.search(text)
    if not match or not match["time"].strip() or not has_verb(words(text[: match.start()])):
        return None
    says = match["says"]
    tokens = words(says)
    verb = first_verb(tokens, 1)
    if verb is None or not _stands(says) or not (past(tokens[verb][0]) or tokens[verb][0] in ("was", "were", "had")):
        return None
    lead = "In" if match["in"] in ("since", "during") else match["in"]
    start = match.start("says") - len("when ")
    return _Aside(
        ((match.end("time"), match.end("says")),), (start, match.end("says")), f"{lead} {tidy(match['time'])}, {says}"
    )


def _dated(text: str) -> _Aside | None:
    """ "grew after the ship was inspected on 29 January": that it was inspected; the order of the two stays a claim."""
    match = _AFTER.search(text)
    if not match or not re.search(r"\d", match["says"]) or not _stands(match["says"]):
        return None
    head, tokens = words(text[: match.start()]), words(match["says"])
    verb = first_verb(tokens, 1)
    if verb is None or not has_verb(head) or subordinates(head, text, 0, len(head)):
        return None
    if not (tokens[verb][0] in ("was", "were") or governs(tokens, verb, match["says"])) or _ahead(head):
        return None
    return _Aside((), match.span("says"), match["says"])


def _ahead(tokens: Tokens) -> bool:
    """Whether the main clause is about what is to come or only may be."""
    return any(low in ("will", "would", "may", "might", "could", "can", "should", "must") for low, _, _ in tokens)


def _stands(text: str) -> bool:
    """Whether `text` has a subject, and a verb of its own with more to say than that."""
    tokens = words(text)
    verb = first_verb(tokens, 1)
    return (
        verb is not None
        and len(tokens) >= 5
        and not opens_with_verb(tokens)
        and not subordinates(tokens, text, 0, verb)
        and text.split(" ", 1)[0].casefold() not in ("they", "it", "this", "that", "he", "she", "there")
    )


def _compared(text: str) -> _Aside | None:
    """ "cost £2m, which was £300,000 less than planned": that it cost £300,000 less than planned."""
    match = _THAN.search(text)
    head = text[: match.start()] if match else ""
    tokens = words(head)
    verb = first_verb(tokens, 1)
    if match is None or verb is None or subordinates(tokens, head, 0, len(tokens)) or "," in re.sub(r"\d,\d", "", head):
        return None
    if re.search(r"\b(?:not|never|and|or|but)\b|n['’]t\b", head[tokens[verb][1] :]):
        return None
    last = verb
    while last + 1 < len(tokens) and (past(tokens[last + 1][0]) or tokens[last + 1][0] in ("been", "to", "at")):
        last += 1
    amount = next((item for item in find_amounts(head) if item.start >= tokens[last][2]), None)
    if amount is None or not _BEFORE_AMOUNT.fullmatch(head[tokens[last][2] : amount.start]):
        return None
    if any(finite(tokens, at) for at in range(last + 1, len(tokens))):
        return None
    start = head[: tokens[last][2]]
    return _Aside(((match.start(), match.end("aside")),), match.span("aside"), f"{start} {match['aside']}")


def _votes(text: str) -> _Aside | None:
    """ "with nine for and four against": that those who decided voted so."""
    match = _VOTES.search(text)
    tokens = words(text[: match.start()]) if match else ()
    verb = first_verb(tokens, 1)
    if match is None or verb is None or tokens[verb][0] in AUXILIARIES or not past(tokens[verb][0]):
        return None
    who = text[: tokens[verb][1]].strip()
    if "," in who:
        return None
    fact = f"{who} voted {match['for']} for and {match['against']} against"
    return _Aside(((match.start(), match.end("aside")),), match.span("aside"), fact)


_FINDERS: tuple[Callable[[str], _Aside | None], ...] = (_of_whom, _votes, _when, _where, _compared, _dated, _apposed)
