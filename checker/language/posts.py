"""Posts that one person holds, and whom a text gives them: "finance director Ann Lee", "Jo Lund, the deputy mayor".

Only posts of which a body has one are read. A post that the text puts in another time ("former", "until 2019") is told
apart, and so is a lesser one ("deputy", "acting").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.language.names import Name, NameKind, find_names
from checker.model import Span

_FIELDS = (
    "managing finance financial sales marketing operations technical artistic medical sports communications executive "
    "commercial development creative musical music foreign health education interior defence defense transport justice "
    "environment home housing labour labor energy trade culture agriculture treasury"
).split()
_LESSER = "deputy|assistant|vice|acting|interim|associate|former|ex|outgoing|incoming|retired"
_POST = re.compile(
    rf"\b(?:(?P<lesser>{_LESSER})[- ])?"
    rf"(?:(?P<field>{'|'.join(_FIELDS)})[ ](?P<post>director|minister|secretary)"
    r"|(?P<chief>chief (?:executive|financial|operating|technology|medical|constable)(?: officer)?)"
    r"|(?P<sole>mayor|treasurer|head[- ]?teacher|harbou?r[- ]?master|prime minister|governor|archbishop|bishop"
    r"|ambassador|town clerk|principal|police commissioner))\b(?![- ]elect)",
    re.I,
)
_PAST_WORDS = frozenset("former ex outgoing retired".split())
_BEFORE = re.compile(r",?[ ]+(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\.?[ ]+)?")
_AFTER = re.compile(
    r"(?:,[ ]+|[ ]+(?:is|was)[ ]+|[ ]+\()(?:\d{1,3},[ ]+)?(?:(?:the|its|their|our|a)[ ]+)?(?:[\w’'-]+[ ]+){0,3}?"
)
_HOUSE = re.compile(r"[ ](?:of|at|for)[ ](?:the[ ])?(?P<of>[A-Z][\w’'-]*(?:[ ][A-Z][\w’'-]*)*)")
_TWO = re.compile(r",?[ ]and\b|[ ]?[/&]")
_OTHER_TIME = re.compile(
    r"\b(?:(?:in|by|from|until) (?:1|2)\d{3}|since|until|ago|candidate|once|previously|formerly|not|never)\b", re.I
)
_CHANGING = re.compile(
    r"\b(?:former\w*|ex|then|new|next|past|previous\w*|late|future|became|become\w*|appointed|promoted|named|elected"
    r"|succe\w+|replac\w+|stepp\w+|resign\w+|served|also|both)\b",
    re.I,
)
_WAS = re.compile(r"[ ,]*(?:who )?(?:was|were|had been|will|would|used to)\b")
_NEAR = 25  # characters on either side in which such a word is said of the post


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a text gives a person: `span` covers its words, `house` is the body it is of, where that is named.

    `lesser` is the word that makes it less than the post itself, `plain` that no word puts it in another time.
    """

    person: Name
    span: Span
    words: str
    lesser: str
    field: str
    post: str
    house: str
    plain: bool

    @property
    def past(self) -> bool:
        """Whether it is a post that the person had and has no more."""
        return self.lesser in _PAST_WORDS

    @property
    def title(self) -> tuple[str, str]:
        """Field and post in one spelling, so that two spellings of one post are equal."""
        field = self.field.replace("defense", "defence").replace("labor", "labour").replace("financial", "finance")
        post = re.sub(r"[- ]", "", self.post).replace("harbor", "harbour")
        return field, post.removesuffix("officer")


@lru_cache(maxsize=2048)
def find_posts(text: str) -> tuple[Post, ...]:
    """The posts of `text` that stand right beside a person's name, in order."""
    if _POST.search(text) is None:
        return ()
    people = [name for name in find_names(text) if name.kind in (NameKind.PERSON, NameKind.OTHER)]
    return tuple(_posts(text, people))


def _posts(text: str, people: list[Name]) -> Iterator[Post]:
    for match in _POST.finditer(text):
        holder = next((name for name in people if _beside(text, match, name, people)), None)
        if holder is None or _TWO.match(text, match.end()) or re.search(r"\band[ ](?:the[ ])?$", text[: match.start()]):
            continue
        house = _HOUSE.match(text, match.end())
        yield Post(
            person=holder,
            span=Span(*match.span()),
            words=match.group(),
            lesser=(match["lesser"] or "").casefold(),
            field=(match["field"] or "").casefold(),
            post=(match["post"] or match["chief"] or match["sole"]).casefold(),
            house=house["of"] if house else "",
            plain=_now(text, match, holder),
        )


def _now(text: str, post: re.Match[str], holder: Name) -> bool:
    """Whether nothing says that the person had the post at another time, or that it is changing hands."""
    start, end = min(post.start(), holder.span.start), max(post.end(), holder.span.end)
    between = text[min(post.end(), holder.span.end) : max(post.start(), holder.span.start)]
    near = f"{text[max(0, start - _NEAR) : start]} {between} {text[end : end + _NEAR]}"
    if _CHANGING.search(near) or _WAS.match(text, end) or _WAS.search(between):
        return False
    return _OTHER_TIME.search(f"{text[: post.start()]} {text[post.end() :]}") is None


def _beside(text: str, post: re.Match[str], name: Name, people: list[Name]) -> bool:
    """Whether the post stands right before the name, or after it with nobody else named in between."""
    if post.end() <= name.span.start:
        return _BEFORE.fullmatch(text, post.end(), name.span.start) is not None
    if name.span.end > post.start() or _AFTER.fullmatch(text, name.span.end, post.start()) is None:
        return False
    return not any(name.span.end <= other.span.start < post.start() for other in people)
