"""Who holds which post: the claim's holder and post against those of one sentence.

A conflict needs one person with two posts that exclude each other, or one post of one body with two holders at about
one time. "Former", "deputy" and "acting" make another post of it; a text that speaks of another time settles nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from checker.language.likeness import Likeness, likeness, name_words
from checker.language.names import Name
from checker.language.posts import Post, find_posts
from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation

_SAME = frozenset((Likeness.SAME, Likeness.PART, Likeness.VARIANT))
_PASSING = frozenset("acting interim associate incoming outgoing".split())
"""Words that a text may leave out without an error."""
_NEVER = date.min
_CHIEFS = frozenset(("chiefexecutive", "chieffinancial", "chiefoperating", "financedirector"))
_ONE_TERM = timedelta(days=200)
"""Two texts that are further apart may speak of two holders of one post."""


def check_posts(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """A finding for each post of `claim` that the sentence gives otherwise, in order."""
    theirs = find_posts(sentence)
    found = (_finding(post, theirs, context) for post in find_posts(claim) if theirs)
    return tuple(finding for finding in found if finding is not None)


def _finding(mine: Post, theirs: tuple[Post, ...], context: Context) -> Finding | None:
    same = [other for other in theirs if _one_person(mine.person, other.person)]
    if any(other.title == mine.title and other.lesser == mine.lesser for other in same):
        return None
    for other in same:
        if not _apart(mine, other) and (_less(mine, other) or _another(mine, other)):
            return _otherwise(mine, other, context)
    if same:
        return Finding(
            Relation.SILENT, mine.span, same[0].span
        )  # another post of the person: of this one it says nothing
    if not _of_one_time(context):
        return None
    for other in theirs:
        if _another_holder(mine, other):
            note = f"the source names “{other.person.text}” as {other.words}, not “{mine.person.text}”"
            return Finding(Relation.CONFLICTS, mine.person.span, other.person.span, ReasonCode.NAME_MISMATCH, note)
    return None


def _otherwise(mine: Post, other: Post, context: Context) -> Finding:
    """A conflict where both speak of now; otherwise the post is open, and the sentence supports nothing of it."""
    settled = mine.plain and (other.plain or other.past) and _of_one_time(context)
    settled = settled and not {mine.lesser, other.lesser} & _PASSING
    if mine.past and settled:  # the source may have been written before the person left
        settled = (context.source_date or _NEVER) >= (context.claim_date or _NEVER)
    if not settled:
        return Finding(Relation.SILENT, mine.span, other.span)
    note = f"in the source {other.person.text} is “{other.words}”, not “{mine.words}”"
    better = other.words if mine.plain and other.plain else None
    return Finding(Relation.CONFLICTS, mine.span, other.span, ReasonCode.OFFICE_MISMATCH, note, better, certain=True)


def _one_person(one: Name, other: Name) -> bool:
    return likeness(one.text, other.text, person=True) in _SAME


def _apart(mine: Post, other: Post) -> bool:
    return bool(mine.house and other.house and not _one_house(mine, other))


def _one_house(mine: Post, other: Post) -> bool:
    return likeness(mine.house, other.house) in (*_SAME, Likeness.ACRONYM)


def _less(mine: Post, other: Post) -> bool:
    """Whether one is the post itself and the other less than it: mayor, deputy mayor."""
    return mine.title == other.title and mine.lesser != other.lesser


def _another(mine: Post, other: Post) -> bool:
    """Whether nobody holds both: two fields of one kind ("finance director", "managing director"), or two chiefs."""
    if mine.title != other.title and {"".join(mine.title), "".join(other.title)} <= _CHIEFS:
        return not mine.lesser and not other.lesser
    fields = mine.title[0] != other.title[0] and bool(mine.title[0] and other.title[0])
    return mine.title[1] == other.title[1] and fields and not mine.lesser and not other.lesser


def _another_holder(mine: Post, other: Post) -> bool:
    """Whether one body's post is given to two people, now."""
    one_post = mine.title == other.title and mine.lesser == other.lesser and not mine.past
    one_body = (not mine.house and not other.house) or bool(mine.house and other.house and _one_house(mine, other))
    strangers = name_words(mine.person.text)[-1:] != name_words(other.person.text)[-1:]
    strangers = strangers and likeness(mine.person.text, other.person.text, person=True) is Likeness.OTHER
    full = " " in mine.person.text and " " in other.person.text
    return one_post and one_body and strangers and full and mine.plain and other.plain


def _of_one_time(context: Context) -> bool:
    """Whether claim and source are of about one time, so that a post has one holder in both."""
    if context.claim_date is None or context.source_date is None:
        return False
    return abs(context.claim_date - context.source_date) <= _ONE_TERM
