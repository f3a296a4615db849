"""What is said to have happened: forms of one verb brought together, words for one deed, words for opposites."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from checker.language.spelling import spelling
from checker.language.words import STOP_WORDS, stem


class Opposition(StrEnum):
    """How far two opposite words shut each other out."""

    PLAIN = "plain"  # of one matter only one is so: approved, rejected
    STATE = "state"  # one is so at a time: prices rose, prices fell
    SEQUENCE = "sequence"  # the one follows the other: the shop opened, the shop closed
    SELECTING = "selecting"  # they tell two things apart: the north wall, the south wall


_IRREGULAR = """
    begin began begun, bring brought, build built, buy bought, catch caught, choose chose chosen, come came coming,
    draw drew drawn, drive drove driven, eat ate eaten, fall fell fallen, fight fought, find found, flee fled, fly
    flew flown, forbid forbade forbidden, freeze froze frozen, get got gotten, give gave given, go went gone, grow
    grew grown, hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left
    leaving, lend lent, lose lost losing, make made making, mean meant, meet met, pay paid, ride rode ridden, rise
    rose risen rising, run ran, see saw seen, sell sold, send sent, shake shook shaken, shoot shot, shrink shrank
    shrunk, sink sank sunk, speak spoke spoken, spend spent, stand stood, steal stole stolen, strike struck, take
    took taken taking, teach taught, think thought, throw threw thrown, wear wore worn, win won winning, withdraw
    withdrew withdrawn, write wrote written, beat beaten, overtake overtook overtaken, uphold upheld, become became,
    break broke broken, burn burnt, overthrow overthrew overthrown, die died dying dead death, lie lying, quit
    quitting, shut shutting, set setting, cut cutting, hit hitting, put putting, let letting, undergo underwent
    undergone, understand understood, swear swore sworn, feed fed, feel felt, deal dealt, bear born, close closure,
    arrive arrival, depart departure, approve approval, reject rejection, refuse refusal, injure injury injuries,
    deny denied denies, elect election, resign resignation, marry married marries, try tried tries, bury buried
    buries, carry carried carries, test testing, occupy occupied occupies, survive survivor, sue sued suing, own
    owned, tie tied, agree agreed agreement, free freed, use used using, succeed succeeded, exceed exceeded,
    proceed proceeded, owe owed owes owing, apply applied applies,
    supply supplied supplies, reply replied replies, rely relied relies,
    comply complied complies, multiply multiplied, need needed
"""
_LEMMAS = {form: row.split()[0] for row in _IRREGULAR.split(",") for form in row.split()}
_LY_VERBS = frozenset("apply supply reply rely comply multiply".split())  # no adverbs
_UNCHANGED = frozenset("cut hit put set shut let hurt spread cost quit beat come run overrun bid read".split())

_SAME_DEED = """
    begin start commence launch kick-off, end finish conclude, approve adopt pass ratify endorse, die kill, buy
    acquire purchase, build construct erect, close shut, rise increase climb grow, fall drop decrease decline, meet
    gather convene, sign ink, appoint name, elect win, hold stage host, publish release issue, resign quit step,
    dismiss fire sack, arrest detain, inspect survey examine, reject veto refuse, ban prohibit forbid bar, allow permit,
    injure hurt wound,
    damage harm, beat defeat, complete finish, found establish, receive get, show display, say state,
    deny dispute, leave depart
"""

_PLAIN = """
    approve adopt pass ratify endorse accept | reject veto refuse defeat; accept | decline; guilty convict | acquit
    innocent; legal lawful | illegal unlawful; allow permit | ban prohibit forbid bar; confirm admit acknowledge |
    deny; support back favour endorse | oppose; include | exclude; agree | disagree refuse; succeed | fail; faster |
    slower; larger bigger greater | smaller; better | worse; cheaper | dearer costlier; uphold | overturn quash;
    injure hurt wound harm | unharmed uninjured unhurt unscathed; known | unknown; likely | unlikely; damage destroy
    | undamaged intact; mandatory compulsory | optional voluntary; positive | negative; peaceful | violent; insured
    | uninsured; unanimous unanimously | narrowly; true | false untrue; correct | incorrect; fast | slow; win |
    defeat; authorised | unauthorised; aware | unaware; vaccinated | unvaccinated; suitable | unsuitable; necessary
    | unnecessary; visible | invisible; ascend | descend; hard | easy; encourage | discourage; delay postpone |
    hasten; win | lose
"""
_STATES = """
    rise increase climb grow jump surge soar gain | fall drop decrease decline shrink plunge slump lose; alive
    survive | die kill deceased; higher | lower; expand enlarge widen | shrink reduce contract narrow; safe | unsafe
    dangerous; present | absent; raise | cut lower reduce; strengthen | weaken; strong stronger | weak weaker;
    profit | loss; surplus | deficit; active | inactive; able | unable; paid | unpaid; complete completed |
    incomplete unfinished; hot hotter | cold colder; lead | trail; available | unavailable; improve | worsen
    deteriorate; extend | shorten
"""
_SEQUENCES = """
    open reopen | close shut; begin start commence launch open | end finish stop cease; arrest detain jail imprison
    | release free; hire appoint recruit | dismiss fire sack; join enter | leave quit exit withdraw; buy acquire
    purchase | sell; arrive | depart leave; impose | lift; occupied | vacant unoccupied empty; full | empty;
    employed | unemployed; married | unmarried single divorced; create add | abolish scrap axe; build erect |
    demolish; borrow | lend; armed | unarmed
"""
_SELECTING = """
    import | export; majority | minority; north northern | south southern; east eastern | west western; public |
    private; longer | shorter; older elder | younger; maximum | minimum; above | below; inside | outside; temporary
    temporarily | permanent permanently; early earlier | late later; minor | major; domestic | foreign; rural |
    urban; left | right; morning | evening; day | night; upper | lower; biggest largest highest most longest oldest
    best | smallest lowest least shortest youngest worst; indoors | outdoors; forwards | backwards; prosecution |
    defence; plaintiff | defendant
"""

AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did will would shall should can could may might
    must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't cannot couldn't
    shouldn't""".split()
)
BE_FORMS = frozenset("is are was were be been being am isn't aren't wasn't weren't got".split())
_BEFORE_NOUNS = frozenset("a an the this that its his her their our by of in on for with from at no any".split())
_NO_VERBS = frozenset(
    """hundred indeed need seed speed red bed shed feed breed bleed weed creed deed unwed sacred naked rugged wicked
    crooked wretched aged ragged united""".split()
)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The form under which all inflections of `word` (lower case) meet; a stem, not always a word."""
    word = spelling(word.removesuffix("'s").removesuffix("s'"))
    base = _LEMMAS.get(word, word)
    if base in _LY_VERBS:
        return base
    base = stem(base)
    return base[:-1] if len(base) == 4 and base.endswith("e") else base  # "vote" meets "voted"


@lru_cache(maxsize=65536)
def deed(word: str) -> str:
    """`lemma`, with words for the same deed brought to one: "passed" and "approved", "killed" and "died"."""
    base = lemma(word)
    return _DEED_OF.get(base, base)


@lru_cache(maxsize=65536)
def opposition(one: str, other: str) -> Opposition | None:
    """How two words (lower case) say the opposite of each other; None where they do not."""
    others = _SIDES.get(lemma(other), frozenset())
    for kind, row, side in sorted(_SIDES.get(lemma(one), ())):
        if (kind, row, not side) in others:
            return kind
    return None


def opposed(one: str, other: str) -> bool:
    """Whether two words (lower case) say the opposite of each other."""
    return opposition(one, other) is not None


@lru_cache(maxsize=65536)
def verb_like(word: str) -> bool:
    """Whether `word` (lower case) looks like a form of a verb: a past form, or one of a verb that is known."""
    if word in STOP_WORDS or word in AUXILIARIES or word in _NO_VERBS:
        return False
    if word in _LEMMAS or word in _UNCHANGED:
        return True
    return (len(word) > 4 and word.endswith("ed")) or lemma(word) in _DEED_OF


@lru_cache(maxsize=65536)
def past_form(word: str) -> bool:
    """Whether `word` (lower case) is a past form or a participle."""
    if word in _NO_VERBS:
        return False
    return (len(word) > 4 and word.endswith("ed")) or word in _UNCHANGED or (word in _LEMMAS and _LEMMAS[word] != word)


def noun_here(word: str, before: str) -> bool:
    """Whether `word`, a verb elsewhere, is a noun after the word `before`: "a fire", "by fire"."""
    return before in _BEFORE_NOUNS and not past_form(word)


def _deeds() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _SAME_DEED.split(","):
        names = [lemma(word) for word in row.split()]
        for name in names:
            found.setdefault(name, names[0])
    return found


def _sides() -> dict[str, frozenset[tuple[Opposition, int, bool]]]:
    """For each lemma the rows of opposites it stands in, and on which side."""
    found: dict[str, set[tuple[Opposition, int, bool]]] = {}
    tables = zip(Opposition, (_PLAIN, _STATES, _SEQUENCES, _SELECTING), strict=True)
    for kind, table in tables:
        for number, row in enumerate(table.split(";")):
            left, right = row.split("|")
            for side, names in ((True, left), (False, right)):
                for name in names.split():
                    found.setdefault(lemma(name), set()).add((kind, number, side))
    return {name: frozenset(places) for name, places in found.items()}


_DEED_OF = _deeds()
_SIDES = _sides()
