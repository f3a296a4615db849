"""What can be checked of a stretch of prose, and what else it is: a question, an opinion, a forecast, a fragment."""

from __future__ import annotations

import re

from checker.claims.furniture import order
from checker.claims.verbs import has_verb
from checker.language.amounts import find_amounts
from checker.language.dates import find_dates
from checker.language.words import words
from checker.model import Reason

_QUESTION = re.compile(r"\?[\"'”’)\]!?]*$")
_OPINION = re.compile(
    r"""\b(?:should(?:n['’]t)?|ought[ ]to|deserves?|had[ ]better|needs?[ ]to[ ]be[ ](?:said|asked)
    |i[ ](?:\w+[ ])?(?:think|believe|feel|suspect|hope|doubt|guess|suppose|fear)|we[ ](?:think|believe|feel
    |hope|fear)|in[ ](?:my|our)[ ](?:view|opinion|judg[e]?ment)
    |if[ ]you[ ]ask[ ]me|to[ ]my[ ]mind|arguably|it['’]?s?[ ](?:is[ ]|was[ ])?(?:high[ ]|about[ ])?time[ ](?:to
    |for|that|we)|let['’]s|one[ ]can[ ]only|needless[ ]to[ ]say|frankly|surely
    |it[ ]is[ ](?:clear|obvious|vital|essential|crucial|shameful|wrong|right|absurd)[ ](?:that|to)
    |there[ ]is[ ]no[ ](?:doubt|question|excuse)|it[ ]seems[ ]to[ ](?:me|us))\b""",
    re.I | re.X,
)
_VALUES = re.compile(
    r"""\b(?:wonderful|terrible|horrible|awful|disgraceful|disgusting|beautiful(?:ly)?|gorgeous|stunning|breathtaking
    |magnificent|brilliant|amazing|fantastic|superb|delightful|dreadful|appalling|shameful|outrageous|ridiculous|absurd|stupid|foolish
    |pathetic|inspiring|heartbreaking|charming
    |lovely|delicious|hideous|ugly|boring|thrilling|unforgettable|priceless
    |a[ ](?:good|bad|poor|great)[ ](?:one|deal|idea|thing|choice|move|sign|day)
    |a[ ](?:joy|disgrace|shame|scandal
    |farce|disaster|triumph|masterpiece|treat)
    |(?:best|worst|greatest|finest|nicest)(?:[ ]\w+){0,2}[ ](?:ever|imaginable|in[ ]the[ ]world)
    |too[ ](?:little|late|much|far|often)|good[ ]news|bad[ ]news)\b""",
    re.I | re.X,
)
_FORECAST = re.compile(
    r"""\b(?:(?:will|won['’]t|would|['’]ll|shall)[ ](?:\w+[ ])?(?:probably|likely|surely|certainly|undoubtedly
    |inevitably|almost[ ]certainly|never|eventually|soon|one[ ]day|no[ ]doubt)
    |(?:probably|likely|surely|undoubtedly|inevitably|doubtless|maybe|perhaps)[ ](?:\w+[ ]){0,3}will|(?:is|are
    |was|were|seems?|looks?|appears?)[ ](?:\w+[ ])?(?:likely|unlikely|bound|sure|certain|destined|doomed
    |poised)[ ]to
    |(?:could|may|might)[ ](?:\w+[ ]){1,8}(?:next|by[ ]20\d\d|in[ ]the[ ](?:future|coming|years|next)|soon
    |one[ ]day|eventually|within)|(?:could|may|might)[ ]well
    |(?:will|shall|['’]ll)[ ](?:transform|change|revolutioni[sz]e|benefit|help|improve|be[ ]remembered
    |be[ ](?:the[ ])?(?:better|worse|best|worst)|matter|suffer|regret|thrive|struggle|prove|make[ ](?:it|life
    |a[ ]difference))
    |time[ ]will[ ]tell|remains[ ]to[ ]be[ ]seen|only[ ]time)\b""",
    re.I | re.X,
)
_UNREAL = re.compile(
    r"^\W*(?:if|unless|should|were|had)\b[^.]*?,[^.]*\b(?:will|would|could|might|may)\b|\b(?:will"
    r"|would|could)\b[^.,]*\bif\b",
    re.I,
)
_PLAN = re.compile(
    r"\b(?:will|is to|are to|is (?:due|set|scheduled) to|are (?:due|set|scheduled) to|plans? to"
    r"|planned|scheduled|announced|approved|due to)\b",
    re.I,
)
_SELF = re.compile(r"(?:\bI\b|\bI['’](?:m|ve|d|ll)\b|\b[Mm]y(?:self)?\b|\bme\b|\b[Mm]ine\b)")
_OURSELVES = re.compile(
    r"^\W*(?:(?:[A-Z][a-z]+|On|In|At|For|As)\b[^,]{0,40}, )?(?:we|our|us|we['’](?:re|ve|ll|d))\b", re.I
)
_BARE = re.compile(r"^\W*(?:this|that|it|they|these|those|he|she|there)\b", re.I)
_LABELLED = re.compile(r"^\W*[A-Z][^:.!?]{1,60}:\s*\S")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH = frozenset(
    """the of and to in is was that for on with as at by it from be are his her he she they has had have were not
    this but an or a who will said""".split()
)
_FOREIGN = frozenset(
    """le les des est et une dans pour que qui sur avec pas du ce il elle au aux se ne der die und nicht ist ein
    eine von zu den mit für dem sich auf auch wird el los las por con una es en del como para su al lo più
    che della di non gli nel il sono och att som är på det av het een van zijn niet voor met os dos uma não
    com""".split()
)


def not_in_english(text: str) -> bool:
    """Whether `text` has no words, or words of a script or language that is not read."""
    letters = len(_LETTER.findall(text))
    if not letters:
        return not re.search(r"\d", text) or not re.search(r"[^\W_]", text)
    if len(_LATIN.findall(text)) * 2 < letters:
        return True
    lows = [low for low, _, _ in words(text)]
    foreign = sum(low in _FOREIGN for low in lows)
    return len(lows) >= 5 and foreign >= 2 and foreign > 2 * sum(low in _ENGLISH for low in lows)


def hard(text: str) -> bool:
    """Whether `text` names a number or a date: something to hold it to."""
    counted = any(text[item.start : item.end].casefold() != "one" for item in find_amounts(text))
    return counted or bool(find_dates(text, None))


def reason_against(text: str) -> Reason:
    """Why the prose `text` holds nothing to check in the author's own voice; `NONE` where it does."""
    if not_in_english(text):
        return Reason.NO_LANGUAGE
    if _QUESTION.search(text):
        return Reason.QUESTION
    if order(text):
        return Reason.INSTRUCTION
    if _OPINION.search(text) or (_VALUES.search(text) and not hard(text)):
        return Reason.OPINION
    if _forecast(text):
        return Reason.PREDICTION
    if _SELF.search(text) or _OURSELVES.match(text):
        return Reason.PERSONAL
    if not has_verb(words(text)) and not labelled_figure(text):
        return Reason.FRAGMENT
    return Reason.NONE


def _forecast(text: str) -> bool:
    if _UNREAL.search(text):
        return not re.search(r"\b(?:announced|approved|agreed)\b", text, re.I)
    return bool(_FORECAST.search(text)) and not (
        _PLAN.search(text) and _day_named(text) and not re.search(r"likely|probably|may|might|could", text)
    )


def _day_named(text: str) -> bool:
    return any(item.day is not None or item.weekday is not None for item in find_dates(text, None))


def labelled_figure(text: str) -> bool:
    """Whether `text` gives a figure under a label: "Cost: $4 million"."""
    return bool(_LABELLED.match(text)) and hard(text)


def bare(text: str) -> bool:
    """Whether `text` is so short and leans so much on what came before that nobody can say what it claims."""
    lows = words(text)
    return bool(_BARE.match(text)) and len(lows) <= 4 and not hard(text)
