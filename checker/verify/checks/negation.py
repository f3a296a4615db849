"""What a claim says or denies, held against one sentence of a source that may say the opposite.

A conflict needs one matter: the same predicate, with a negation that plainly reaches it in one text alone, or two
words that shut each other out, with the words around them shared. Wherever one text denies a shared word and the
other does not, there is at least a finding of silence, so that a denial never supports what it denies.
"""

from __future__ import annotations

from checker.language.dates import find_dates
from checker.language.negators import Negator, Polarity
from checker.language.predicates import Opposition, opposition, verb_like
from checker.language.words import NEGATIONS, stem
from checker.model import ReasonCode, Span
from checker.verify.alignment import stems
from checker.verify.checks.date_values import Dated, Days, days
from checker.verify.checks.exclusivity import check_exclusivity
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.matching import Matching, matching
from checker.verify.checks.modality import holds_back
from checker.verify.checks.roles import check_roles, turned_round

_LEAST_COVERED = 0.6
_LEAST_SHARED = 2
_NOBODY = frozenset({"nobody", "none", "one"})
_NUMBERS = frozenset("two three four five six seven eight nine ten several some many dozens hundreds".split())
_STATE_VERBS = frozenset("is are am remains remain stays stay isn't aren't".split())


def check_negation(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """Findings on denials, opposites, limits ("only", "all") and roles; none where both texts go one way."""
    match = matching(claim, sentence)
    found = _opposites(claim, sentence, match, context)
    if not any(item.relation is Relation.CONFLICTS for item in found):
        found = (*found, *_denials(claim, sentence, match, context))
    around = f"{context.source_title}. {context.publisher}. {context.before}"
    return (*_settled(found), *check_exclusivity(claim, sentence, around), *check_roles(claim, sentence))


def _settled(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """One finding for each place of the claim: a conflict before silence, silence before agreement."""
    order = (Relation.CONFLICTS, Relation.SILENT, Relation.AGREES)
    best: dict[Span, Finding] = {}
    for item in sorted(found, key=lambda item: order.index(item.relation)):
        best.setdefault(item.claim, item)
    return tuple(sorted(best.values(), key=lambda item: item.claim))


# Denials.


def _denials(claim: str, sentence: str, match: Matching, context: Context) -> tuple[Finding, ...]:
    ours, theirs = match.claim, match.sentence
    if not ours.negators and not theirs.negators:
        return _lone_refusals(claim, sentence, match)
    turned = [index for index, places in match.pairs.items() if _turned(match, index, places)]
    turned = [index for index in turned if not (_beside_a_denial(match, index) or _refused_alike(match, index))]
    if turned:
        return (_turned_finding(claim, sentence, match, turned, context), *_lone_refusals(claim, sentence, match))
    agreed = tuple(_met(item, match) for item in ours.negators)
    return (*agreed, *_loose(match), *_lone_refusals(claim, sentence, match))


def _turned(match: Matching, index: int, places: tuple[int, ...]) -> bool:
    """Whether the claim denies a word that the sentence affirms, or the other way round, anywhere it stands."""
    return any(match.claim.denied(index) != match.sentence.denied(place) for place in places)


def _beside_a_denial(match: Matching, index: int) -> bool:
    """Whether the word only stands on the other side of something that both texts deny."""
    clause = match.claim.clauses[index]
    return not verb_like(match.claim.words[index]) and any(
        match.claim.clauses[verb] == clause
        and match.claim.denied(verb)
        and all(
            match.sentence.denied(place)
            and any(match.sentence.clauses[place] == match.sentence.clauses[other] for other in match.pairs[index])
            for place in places
        )
        for verb, places in match.pairs.items()
    )


def _refused_alike(match: Matching, index: int) -> bool:
    """Whether only one word of refusal reaches it in both texts: "rejected the plan", "the plan was rejected"."""
    mine = _reaching(match.claim, index)
    negator = mine or _reaching(match.sentence, match.pairs[index][0])
    clauses = match.sentence.clauses
    for refusal, places in match.pairs.items():
        spans = [match.claim.spans[refusal]] if mine else [match.sentence.spans[place] for place in places]
        if (
            match.claim.words[refusal] in NEGATIONS
            and negator is not None
            and any(negator.span.overlaps(span) for span in spans)
            and any(clauses[place] == clauses[other] for place in places for other in match.pairs[index])
        ):
            return True
    return False


def _turned_finding(claim: str, sentence: str, match: Matching, turned: list[int], context: Context) -> Finding:
    head = _head(match, turned)
    place = match.pairs[head][0]
    by = _reaching(match.claim, head) or _reaching(match.sentence, place)
    mine = _reaching(match.claim, head)
    theirs = _reaching(match.sentence, place)
    here = mine.span if mine else match.claim.spans[head]
    there = theirs.span if theirs else match.sentence.spans[place]
    if by is None or not _certain(claim, sentence, match, head, context):
        return Finding(Relation.SILENT, here, there)
    said, ours = ("denies", "says") if theirs else ("says", "denies")
    whole = Span(min(there.start, match.sentence.spans[place].start), max(there.end, match.sentence.spans[place].end))
    note = f"the source {said} what the draft {ours} (“{whole.of(sentence)}”)"
    return Finding(Relation.CONFLICTS, here, there, ReasonCode.NEGATED, note)


def _head(match: Matching, turned: list[int]) -> int:
    """The turned word that counts most: a verb before others, the first of them."""
    verbs = [index for index in turned if verb_like(match.claim.words[index])]
    return (verbs or turned)[0]


def _reaching(text: Polarity, index: int) -> Negator | None:
    return next((item for item in text.negators if item.first <= index < item.last), None)


def _certain(claim: str, sentence: str, match: Matching, head: int, context: Context) -> bool:
    """Whether the one denial is of the very thing that the other text says."""
    places = match.pairs[head]
    ours, theirs = match.claim, match.sentence
    if any(not _turned(match, head, (place,)) for place in places) or _qualified(match, head):
        return False
    if ours.counts[head] + theirs.counts[places[0]] != 1 or not (ours.sure[head] and theirs.sure[places[0]]):
        return False
    if _only_meant(match, head) or not _one_matter(claim, sentence, match, context):
        return False
    negator = _reaching(ours, head)
    if negator is not None:
        return _heads(ours, negator, head, match.ours) and _all_met(match, negator)
    negator = _reaching(theirs, places[0])
    assert negator is not None
    return _heads(theirs, negator, places[0], match.theirs) and _little_added(match, negator)


def _qualified(match: Matching, head: int) -> bool:
    """Whether a word that is no verb has another one before it in the sentence: "not the mayor", "the former mayor"."""
    before = match.pairs[head][0] - 1
    if _gives_up(match.sentence, before):
        return False
    return not verb_like(match.claim.words[head]) and before in match.theirs and before not in match.met


def _heads(text: Polarity, negator: Negator, index: int, content: tuple[int, ...]) -> bool:
    """Whether the word is what the negator denies first: the next word that counts, or the verb of its clause."""
    after = [at for at in content if at >= negator.first and text.spans[at].start > negator.span.start]
    reached = [at for at in after if at < negator.last]
    verbs = [at for at in content if negator.first <= at < negator.last and verb_like(text.words[at])]
    return index in reached[:1] or index in verbs[:1]


def _all_met(match: Matching, negator: Negator) -> bool:
    """Whether the sentence has every word that the claim's denial reaches; "not on Monday" says nothing of Tuesday."""
    reached = [index for index in match.ours if negator.first <= index < negator.last]
    missing = [index for index in reached if index not in match.pairs]
    return not missing or (len(missing) == 1 and len(reached) > 4 and not match.claim.words[missing[0]][0].isdigit())


def _little_added(match: Matching, negator: Negator) -> bool:
    """Whether the sentence's denial is hardly narrower than what the claim says."""
    reached = [index for index in match.theirs if negator.first <= index < negator.last]
    added = [index for index in reached if index not in match.met]
    return len(added) <= max(1, len(reached) // 2)


def _one_matter(claim: str, sentence: str, match: Matching, context: Context) -> bool:
    """Whether both texts are of one thing: most words, the subject and the day are shared, and nothing is held back."""
    if match.coverage < _LEAST_COVERED or (len(match.pairs) < _LEAST_SHARED and match.coverage < 1.0):
        return False
    if not _subject_met(match, context) or holds_back(claim, sentence) - {"denied"} or turned_round(claim, sentence):
        return False
    return _same_day(claim, sentence, context)


def _subject_met(match: Matching, context: Context) -> bool:
    """Whether the sentence or its title names what the claim is about: half the words before its verb.

    "Nobody" names everybody.
    """
    if _NOBODY & set(match.sentence.words) and not match.claim.negators:
        return True
    verbs = [index for index in match.ours if verb_like(match.claim.words[index])]
    subject = [index for index in match.ours if verbs and index < verbs[0] and not _counts(match.claim.words[index])]
    near = stems(context.source_title)
    met = [index for index in subject if index in match.pairs or stem(match.claim.words[index]) in near]
    return 2 * len(met) >= len(subject)


def _counts(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBERS


def _only_meant(match: Matching, head: int) -> bool:
    """Whether one text only says that somebody tried, meant or was asked to do it."""
    for text, index, met in (
        (match.claim, head, frozenset(match.pairs)),
        (match.sentence, match.pairs[head][0], match.met),
    ):
        governed = index > 1 and text.words[index - 1] == "to" and not text.counts[index]
        if governed and index - 2 not in met:
            return True
    return False


def _same_day(claim: str, sentence: str, context: Context) -> bool:
    """Whether the sentence gives every date of the claim; where it has none, any day will do."""
    theirs = [Dated(item, sentence) for item in find_dates(sentence, context.source_date)]
    ours = [Dated(item, claim) for item in find_dates(claim, context.claim_date)]
    return not theirs or all(any(days(mine, other) is Days.SAME for other in theirs) for mine in ours)


def _met(negator: Negator, match: Matching) -> Finding:
    """A denial of the claim that the sentence makes too; silence where it reaches nothing that is shared."""
    for index, places in match.pairs.items():
        if match.claim.spans[index] in negator.span:  # the word of refusal itself
            return Finding(Relation.AGREES, negator.span, match.sentence.spans[places[0]])
        if negator.first <= index < negator.last:
            for place in places:
                other = _reaching(match.sentence, place)
                if other is not None:
                    return Finding(Relation.AGREES, negator.span, other.span)
    return Finding(Relation.SILENT, negator.span)


def _loose(match: Matching) -> tuple[Finding, ...]:
    """Silence where a denial of the sentence stands in the clause that says what the claim says."""
    if match.claim.negators or not match.pairs:
        return ()
    for negator in match.sentence.negators:
        reached = [index for index in match.theirs if negator.first <= index < negator.last]
        clause = match.sentence.clauses[max(negator.first - 1, 0)]
        if reached and not set(reached) & match.met and 2 * match.shared_in(clause) > len(match.ours):
            first = min(match.pairs)
            return (Finding(Relation.SILENT, match.claim.spans[first], negator.span),)
    return ()


def _lone_refusals(claim: str, sentence: str, match: Matching) -> tuple[Finding, ...]:
    """Silence for a word of refusal or failure that the sentence lacks: it is no word like others."""
    said = {span.of(sentence).casefold() for span in match.sentence.spans}
    return tuple(
        Finding(Relation.SILENT, match.claim.spans[index])
        for index in match.ours
        if match.claim.spans[index].of(claim).casefold() not in said
        and match.claim.words[index] in NEGATIONS
        and index not in match.pairs
        and not _gives_up(match.claim, index)
    )


def _gives_up(text: Polarity, index: int) -> bool:
    """Whether the word is part of what negates: of "refused to sign", "no longer open"."""
    return index >= 0 and any(text.spans[index] in item.span and item.sure for item in text.negators)


# Opposites.


def _opposites(claim: str, sentence: str, match: Matching, context: Context) -> tuple[Finding, ...]:
    found: list[Finding] = []
    met = match.met
    others = [place for place in match.theirs if place not in met]
    for index in match.ours:
        for place in others:
            kind = opposition(match.claim.words[index], match.sentence.words[place])
            if kind is not None and _told_instead(match, index, place):
                found.append(_opposite(claim, sentence, match, index, place, kind, context))
                break
    return tuple(found)


def _told_instead(match: Matching, index: int, place: int) -> bool:
    """Whether the sentence has the word at `place` where the claim's own would stand."""
    places = match.pairs.get(index, ())
    clauses = match.sentence.clauses
    return not any(clauses[other] == clauses[place] for other in places) and (
        not places or match.shared_in(clauses[place]) >= match.shared_in(clauses[places[0]])
    )


def _opposite(
    claim: str, sentence: str, match: Matching, index: int, place: int, kind: Opposition, context: Context
) -> Finding:
    here, there = match.claim.spans[index], match.sentence.spans[place]
    denied, denies = match.claim.denied(index), match.sentence.denied(place)
    if denied and not denies and kind is Opposition.PLAIN and _one_matter_but(match, index, place):
        negator = _reaching(match.claim, index)
        assert negator is not None
        return Finding(Relation.AGREES, negator.span, there)
    plain = not (denied or denies) and match.claim.sure[index] and match.sentence.sure[place]
    if plain and _excludes(claim, sentence, match, index, place, kind, context):
        note = f"the source says “{there.of(sentence)}”, not “{here.of(claim)}”"
        return Finding(Relation.CONFLICTS, here, there, ReasonCode.NEGATED, note)
    return Finding(Relation.SILENT, here, there)


def _excludes(
    claim: str, sentence: str, match: Matching, index: int, place: int, kind: Opposition, context: Context
) -> bool:
    """Whether the opposite word is said of the claim's own matter."""
    if kind is Opposition.SELECTING or index in match.pairs or not _one_matter_but(match, index, place):
        return False
    if holds_back(claim, sentence) - {"denied"} or turned_round(claim, sentence):
        return False
    if not _same_day(claim, sentence, context):
        return False
    dated = bool(find_dates(claim, context.claim_date))
    if kind is Opposition.STATE:
        return dated or not find_dates(sentence, context.source_date)
    if kind is Opposition.SEQUENCE:
        now = bool(_STATE_VERBS & set(match.claim.words)) and bool(_STATE_VERBS & set(match.sentence.words))
        both_dated = dated and bool(find_dates(sentence, context.source_date))
        return both_dated or (now and not find_dates(sentence, context.source_date))
    return True


def _one_matter_but(match: Matching, index: int, place: int) -> bool:
    """Whether the words around the two opposites are shared, in the clause of the sentence's one."""
    others = [other for other in match.ours if other != index]
    met = [other for other in others if other in match.pairs]
    if not met or len(met) < _LEAST_COVERED * len(others) or len(met) < min(_LEAST_SHARED, len(others)):
        return False
    clause = match.sentence.clauses[place]
    subject = [other for other in others if other < index]
    told = not subject or any(other in match.pairs for other in subject)
    return told and 2 * match.shared_in(clause) >= len(met)
