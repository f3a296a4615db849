"""Verbs of English news prose, by closed lists and endings: enough to tell a sentence from a heading."""

from __future__ import annotations

from collections.abc import Sequence

AUXILIARIES = frozenset(
    """is are was were am be has have had will would can could may might must shall should do does did isn't aren't
    wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't cannot mustn't shouldn't don't doesn't didn't
    it's that's here's there's he's she's they're we're you're i'm who's what's they've we've i've he'd she'd they'd
    it'll they'll he'll she'll we'll i'll""".split()
) - {"be"}

IRREGULAR_PAST = frozenset(
    """became began bought built broke brought came caught chose cost cut drew drove fell felt fought found flew gave
    got went grew heard held hit kept knew laid led left lent let lost made meant met paid put read ran rang rode rose
    said saw sold sent set shot shut sank sat slept spoke spent stood stole struck swore swam took taught tore told
    thought threw understood won wore wrote withdrew overtook bid bled bred burnt dealt dug fed fled forbade forecast
    foresaw froze hid hung hurt knelt lit quit rebuilt repaid rewrote sang shook shrank split spread sprang stuck
    swept swung undertook upheld upset woke wound beat bore bit blew ate forgot forgave lay overcame oversaw""".split()
)

BASES = frozenset(
    """accept accuse achieve acquire act add address admit adopt advance affect agree aim allege allow announce appeal
    appear appoint approve argue arrest arrive ask attack attend attract average avoid award back ban beat become begin
    believe belong benefit block borrow break bring build buy call cancel carry cause celebrate change charge choose
    claim clear close collapse collect come compete complete conclude conduct confirm consider consist contain
    continue contribute control convict cost cover crash create criticise criticize cross cut damage date deal
    decide declare decline defeat defend delay deliver demand deny depend describe design destroy detain determine
    develop die differ disappear discover discuss dismiss double draw drive drop earn elect employ enable end enforce
    enter erupt establish estimate examine exceed exist expand expect explain extend face fail fall feature feed fight
    file find finish fire flood fly follow force form found fund gain generate get give go govern grant grow halt
    happen hear help hit hold host hurt identify impose improve include increase indicate inform injure insist
    inspect introduce invest investigate involve issue jail join keep kill know lack last launch lead learn leave
    lend lie lift limit list live lose lower maintain make manage mark mean measure meet merge miss move name need
    note number obtain occupy occur offer open operate oppose order organise organize overturn own pass pay perform
    place plan plead pledge postpone prepare present prevent produce promise propose protect protest prove provide
    publish pull purchase push put question quit raise range reach read receive recognise record recover reduce
    refuse reject release rely remain remove renew reopen repair repay replace report represent request require
    rescue resign resolve respond restore result retain retire return reveal review rise rule run sail save say
    schedule score secure seek seize sell send sentence separate serve set settle share shoot show shut sign sink
    sit slow soar speak speculate spend split spread stage stand start state stay steal stop stretch strike struggle
    study sue suffer suggest supply support surge suspend take target teach tell test think threaten top total trade
    train transfer travel trigger try turn uncover unveil urge use vary violate visit vote vow walk want warn wash
    wear weigh welcome win withdraw work write yield speculates backtrack promote double halve triple""".split()
)

_NOUN_LEADS = frozenset(
    """a an the this that these those his her its their our my your no any some each every another of in on at by with
    for from to into over under about as than between through during without within against per very more most less
    newly recently well so-called and or""".split()
)
_PLURAL_SUBJECTS = frozenset(
    """they we i you people police children women men majority percent cent who officials both many most some
    others""".split()
)
_NO_PAST = frozenset(
    """hundred indeed need speed breed feed seed greed creed deed weed embed bleed exceed proceed succeed red bed united
    sacred naked wicked rugged aged shed sled kindred""".split()
)


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


THIRD = frozenset(_third(base) for base in BASES)

Words = Sequence[tuple[str, int, int]]


def past(word: str) -> bool:
    """Whether `word` (lower case) can be a simple past."""
    return word in IRREGULAR_PAST or (word.endswith("ed") and len(word) > 3 and word not in _NO_PAST)


def finite(words: Words, at: int) -> bool:
    """Whether the word at `at` seems to be a finite verb where it stands; `words` as `language.words` gives them."""
    low = words[at][0].replace("’", "'")
    if low in AUXILIARIES:
        return True
    if at == 0:
        return False
    before = words[at - 1][0]
    if before in _NOUN_LEADS - {"and", "or", "that"}:
        return False
    if past(low):
        return True
    if before in ("and", "or"):
        return low in THIRD
    if low in THIRD:
        return before not in ("and", "or") and not (before.isdigit() and len(before) < 4)
    return low in BASES and (
        before in _PLURAL_SUBJECTS or (before.endswith("s") and not before.endswith(("ss", "'s", "us")))
    )


def first_verb(words: Words, start: int = 0) -> int | None:
    """The index of the first finite verb at or after `start`."""
    return next((at for at in range(start, len(words)) if finite(words, at)), None)


def has_verb(words: Words) -> bool:
    return first_verb(words) is not None


def opens_with_verb(words: Words) -> bool:
    """Whether the first word is a verb and so the stretch has no subject of its own."""
    low = words[0][0] if words else ""
    return low in AUXILIARIES or low in BASES or low in THIRD or past(low)
