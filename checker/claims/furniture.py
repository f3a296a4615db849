"""Lines that a page or a desk puts round an article: navigation, bylines, credits, and orders to whoever reads."""

from __future__ import annotations

import re

from checker.claims.verbs import has_verb
from checker.language.words import words as spoken_words

_BOILERPLATE = re.compile(
    r"""^\W*(?:
    watch[ ](?:live|now|again|more|the[ ]video)|live(?:[ ]updates?|[ ]now|[ ]blog)?|most[ ](?:recent|read
    |popular|viewed|shared)|(?:view[ ])?all[ ]articles|latest(?:[ ]news|[ ]stories)?
    |trending(?:[ ]now)?|share(?:[ ](?:this|on|via|it|article|the[ ]story)\b.*)?|(?:please[ ])?subscribe\b.*
    |sign[ ](?:up|in)\b.*|log[ ]?in\b.*|register\b.*|read[ ](?:more|also|next|the[ ]full|full)\b.*
    |related(?:[ ](?:stories|articles|topics|content|links))?:?.*|see[ ]also\b.*|more[ ](?:on[ ]this[ ]story
    |from\b.*|stories|news|like[ ]this)|recommended.*|you[ ](?:may|might)[ ]also[ ]like.*
    |advertisement|advertising|sponsored.*|promoted.*|paid[ ](?:post|content)|story[ ]continues\b.*
    |article[ ]continues\b.*|continue[ ]reading.*|skip[ ]to\b.*|back[ ]to[ ]top|jump[ ]to\b.*
    |click[ ](?:here|to|on)\b.*|tap[ ](?:here|to)\b.*|follow[ ](?:us|me|the|@)\b.*|like[ ]us[ ]on\b.*
    |join[ ](?:our|us|the[ ](?:conversation|discussion))\b.*|download[ ](?:our|the)[ ]app\b.*
    |(?:post|leave|add|view|show|hide)[ ](?:a[ ])?comments?\b.*|comments?|\d+[ ]comments?|print(?:[ ]this)?
    |e-?mail(?:[ ]this)?|copy[ ]link|save[ ]for[ ]later|menu|home|search|contact[ ]us|about[ ]us
    |newsletters?(?:[ ].*)?|get[ ](?:our|the)[ ](?:newsletter|app|latest)\b.*|support[ ](?:our|us
    |independent)\b.*|donate\b.*|(?:accept|reject|manage)[ ](?:all[ ])?cookies.*|we[ ]use[ ]cookies\b.*
    |cookie[ ](?:policy|settings).*
    |privacy[ ](?:policy|notice).*|terms[ ](?:of[ ](?:use|service)|and[ ]conditions).*|(?:©|\(c\)
    |copyright)\b.*|©.*|all[ ]rights[ ]reserved.*|(?:next|previous)[ ](?:article|story|page)?
    |page[ ]\d+(?:[ ]of[ ]\d+)?|\d+[ ](?:min|minute)s?[ ]read
    |breaking(?:[ ]news)?|exclusive|opinion|editorial|analysis|tags?:.*|topics?:.*|filed[ ]under\b.*
    |listen(?:[ ]to[ ]this[ ](?:article|story))?.*|play(?:[ ]video)?|load[ ]more|show[ ]more|key[ ]points|\W+
    |(?:do[ ]you[ ]have|got)[ ]a[ ](?:story|tip)\b.*|this[ ](?:article|story)[ ](?:was[ ](?:first|originally)
    |has[ ]been|is[ ]part[ ]of)\b.*|follow|tweet|facebook|twitter|instagram|whatsapp|youtube|linkedin|reddit
    )\W*$""",
    re.I | re.X,
)
_BYLINE = re.compile(
    r"^\W*(?:(?i:by|words by|written by|reported by|reporting by|edited by|editing by|story by|text by|report by|from)"
    r"[ ]+[A-Z][\w.'’-]+(?:[ ,]+(?:and[ ]|&[ ])?[A-Z(][\w.'’()-]+){0,8}(?:[ ,|–—-]+[^.!?]{0,60})?"
    r"|.{0,60}\bcontributed(?: to this (?:report|story|article)| reporting)?\.?)\W*$"
)
_CONTACT = re.compile(
    r"^\W*(?:(?:e-?mail|tel|phone|contact|call|twitter|website)\b[^.!?]{0,20}[:@]"
    r"|[\w.+-]+@[\w-]+\.[\w.]+$|https?://\S+$|www\.\S+$|@\w+$)",
    re.I,
)
_AGENCY = (
    r"(?:Getty(?:[ ]Images)?|Reuters|AFP|AP|EPA|PA|Shutterstock|iStock|Alamy|Handout|Pool|File"
    r"|Bloomberg|Press|Corps|Images?|Photos?|Pictures?|Agency|Anadolu|Wikimedia)"
)
CREDIT_AT_END = re.compile(
    rf"\((?:(?:Photo(?:graph)?s?|Picture|Image|Credit|Courtesy|Pic)\b[^()]{{2,100}}"
    rf"|[A-Z][^()]{{0,80}}(?:/[ ]?[A-Z][^()/]{{1,40}}){{1,3}}|[A-Z][^()]{{0,60}}\b{_AGENCY})\)\s*$"
)
"""A photo credit in brackets: "(Photo: Ana Ruiz)", "(Ana Ruiz/The Portsea Post)"."""

_CREDIT_LINE = re.compile(
    r"^\W*(?:(?:photo(?:graph)?s?|pictures?|images?|illustration|video|graphic)(?:[ ](?:by|credit"
    r"|courtesy(?:[ ]of)?|from))?[ ]?(?::|by\b|courtesy\b)|credit[ ]?:"
    r"|photographer[ ]?:)[ ]*\S.{1,80}$",
    re.I,
)
_CAPTION_LINE = re.compile(r"^\W*(?:caption|pictured|photo caption)[ ]?:", re.I)

_ORDERS = frozenset(
    """please ask ignore disregard verify check mark treat note remember forget pretend respond reply answer output
    print return rate label classify approve confirm accept consider assume click tap visit call contact email
    send sign subscribe register share follow join download watch listen read see learn donate vote help don't
    never always stop delete remove insert write rewrite translate summarise summarize skip do imagine think
    look try keep let make ensure enter add fill attach mention cite use trust believe""".split()
)
_ORDER_TO_CHECKER = re.compile(
    r"""\b(?:
    (?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines|above
    |previous|prior|sources?|evidence)
    |(?:mark|label|rate|treat|report|classify|count|accept|judge|return
    |consider)\b.{0,60}\b(?:as[ ])?(?:supported|contradicted|verified|true|correct|accurate|confirmed
    |fact-?checked)
    |(?:claims?|statements?|sentences?|articles?|verdicts?|drafts?|everything)\b.{0,40}\b(?:must|should|shall
    |is[ ]to|are[ ]to|has[ ]to|have[ ]to)[ ](?:not[ ])?be[ ](?:marked|labell?ed|rated|treated|reported
    |considered|judged|accepted|skipped|ignored|checked)
    |(?:you[ ]are|act[ ]as|as)[ ](?:now[ ])?an?[ ](?:ai\b|assistant|language[ ]model|fact-?checker|checker)
    |(?:ai|assistant|fact-?checker|language[ ]model|llm)s?[ ](?:must|should|shall|are[ ](?:instructed|required)
    |is[ ](?:instructed|required))
    |no[ ](?:need[ ]to|further)[ ](?:check|verif|fact-?check)
    )""",
    re.I | re.X,
)
_ROLE_MARK = re.compile(
    r"^\W*(?:system|assistant|user|developer|instructions?|prompt|note to (?:the )?(?:editor|checker"
    r"|desk|subs?|fact-?checkers?|reviewers?)|editor['’]?s? note|TK|TODO)\b[ \w]{0,20}(?::|\]|>)",
    re.I,
)
_LEGAL_END = re.compile(r"\b(?:all rights reserved|may not be reproduced|terms of use|privacy policy)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OBJECTS = frozenset(
    """the a an this that these those my our your his her its their all any every everything everyone it them him us me
    to for up out in on off away back down with how why what whether if not only no each both""".split()
)


def boilerplate(text: str) -> bool:
    """Whether `text` is navigation, an appeal to subscribe, a notice of rights or the like."""
    return (len(text) <= 200 and bool(_BOILERPLATE.match(text))) or (len(text) <= 300 and bool(_LEGAL_END.search(text)))


def desk_line(text: str) -> bool:
    """Whether `text` is a byline or a way to reach the author."""
    return len(text) <= 160 and bool(_BYLINE.match(text) or _CONTACT.match(text))


def credit(text: str) -> bool:
    """Whether `text` is a credit for a picture."""
    if len(text) > 140:
        return False
    return bool(_CREDIT_LINE.match(text)) or bool(
        (found := CREDIT_AT_END.search(text)) and not text[: found.start()].strip()
    )


def caption_label(text: str) -> bool:
    return bool(_CAPTION_LINE.match(text))


def order(text: str) -> bool:
    """Whether `text` tells its reader, or whoever checks it, to do something. It is read and never obeyed."""
    if _ORDER_TO_CHECKER.search(text) or _ROLE_MARK.match(text):
        return True
    words = [match.group() for match in _WORD.finditer(text[:200])]
    if not words:
        return False
    first = words[0].casefold().replace("’", "'")
    if first == "please" or (first == "do" and len(words) > 1 and words[1].casefold() == "not"):
        return True
    if first == "you" and len(words) > 1 and words[1].casefold() in ("must", "should", "can", "are"):
        return True
    if first not in _ORDERS or first in ("do", "never", "always") or len(words) == 1:
        return False
    addressed = bool(re.search(r"\byour?\b", text, re.I))
    return addressed or words[1].casefold() in _OBJECTS or not has_verb(spoken_words(text))
