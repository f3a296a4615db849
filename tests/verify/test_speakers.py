"""Who says the words of a stretch of a source, and whether that is the person a draft names."""

from __future__ import annotations

import pytest
from quoting import Cue, source, transcript

from checker.model import Source, Span
from checker.verify.quotations.offices import holders
from checker.verify.quotations.speakers import Spoken, same_person, spoken_by
from checker.verify.quotations.voices import labels

FOUND, OTHER, UNKNOWN, NAMED = Spoken.FOUND, Spoken.OTHER, Spoken.UNKNOWN, Spoken.NAMED
GATE = "We will keep the old gate open for good"

PROSE = [
    (f"Pia Voss said: “{GATE}.”", "Pia Voss", FOUND),
    (f"Ada Voss said: “{GATE}.”", "Pia Voss", OTHER),
    (f"According to Pia Voss, “{GATE}”.", "Pia Voss", FOUND),
    (f"“We waited,” said Ms Voss, who chairs the board. “{GATE}.”", "Pia Voss", FOUND),
    (f"Pia Voss, chair of the board, told Otto Frey: “{GATE}.”", "Pia Voss", FOUND),
    (f"Pia Voss, chair of the board, told Otto Frey: “{GATE}.”", "Otto Frey", OTHER),
    (f"Pia Voss said Bo Lund had told her: “{GATE}.”", "Bo Lund", FOUND),
    (f"Diver Marco Selle said, “{GATE}.”", "Marco Selle", FOUND),
    (f"On deck Marco Selle said, “{GATE}.”", "Diver Marco Selle", FOUND),
    (f"Alma Reye will leave in June. Speaking to players today she said: “{GATE}.”", "Alma Reye", FOUND),
    (f"“{GATE},” a spokesman said. Pia Voss was away.", "Pia Voss", UNKNOWN),
    (f"“{GATE},” a spokesman said. Pia Voss was away.", "a spokesman", FOUND),
    (f"Ada Moor, of Quay Street, said: “{GATE}.”", "one resident", NAMED),
    (f"“{GATE},” the statement said. The statement was issued by Pia Voss.", "the statement", FOUND),
    (f"{GATE}. The gates opened at nine.", "Pia Voss", UNKNOWN),
    (f"{GATE}. Pia Voss was there.", "Pia Voss", NAMED),
    (f"{GATE}. Pia Voss was there, said Otto Frey.", "Pia Voss", UNKNOWN),
    (f"“We looked at it for years.\n\n“{GATE},” Otto Frey said.\n\nPia Voss was there.", "Otto Frey", FOUND),
]

ROLES = [
    (
        f"The chair of governors, Neil Sturge, said: “{GATE}.” The head teacher is Ruth Amery.",
        "the head teacher",
        OTHER,
    ),
    (f"The chair of governors, Neil Sturge, said: “{GATE}.”", "the chair of governors", FOUND),
    (f"The chair of governors said: “{GATE}.” The chair, Neil Sturge, left.", "Neil Sturge", FOUND),
    (f"The head teacher said: “{GATE}.”", "Ruth Amery", UNKNOWN),
    (f"Mayor Voss said: “{GATE}.”", "the mayor", FOUND),
    (f"Deputy Mayor Frey said: “{GATE}.” Mayor Pia Voss left.", "the mayor", OTHER),
    (f"GRETA HOLM, Minister of Health: I listen.\nARNE FOSS: {GATE}.\nGRETA HOLM: No.", "the health minister", OTHER),
    (f"GRETA HOLM, Minister of Health: {GATE}.\nARNE FOSS: Well.\nGRETA HOLM: No.", "the health minister", FOUND),
    (f"PIA ARAN (Minister of Mines): {GATE}.\nMEMBER LORE: Well.", "Pia Aran", FOUND),
]

LAID_OUT = [
    (f"CHAIR: {GATE}?\nTOMAS VELT: No.\nCHAIR: And then?", "Tomas Velt", OTHER),
    (f"CHAIR: {GATE}?\nTOMAS VELT: No.\nCHAIR: And then?", "Ada Moor", UNKNOWN),
    (f"Q: Did it work?\nILSE BRAND: {GATE}.\nQ: Why?", "Ilse Brand", FOUND),
    (f"Q: {GATE}?\nILSE BRAND: Yes.\nQ: Why?", "Ilse Brand", OTHER),
    (f"Q. {GATE}?\nILSE BRAND: Yes.\nQ. Why?", "Otto Frey", UNKNOWN),
    (f"ILSE BRAND: {GATE}.\nOTTO FREY: Yes.", "Otto Frey", OTHER),
]


def _spoken(text: str | Source, speaker: str, draft: str = "") -> Spoken:
    held = text if isinstance(text, Source) else source(text)
    at = held.text.index(GATE)
    return spoken_by(held, Span(at, at + len(GATE)), speaker, draft).spoken


@pytest.mark.parametrize(("text", "speaker", "spoken"), PROSE)
def test_speaker_in_prose(text: str, speaker: str, spoken: Spoken) -> None:
    """The attribution beside the words names the speaker; without one nobody else is ever named."""
    assert _spoken(text, speaker) is spoken


@pytest.mark.parametrize(("text", "speaker", "spoken"), ROLES)
def test_role_is_the_person_the_source_gives_it(text: str, speaker: str, spoken: Spoken) -> None:
    """A role is read as the person whom the source gives it; a deputy is not the holder."""
    assert _spoken(text, speaker) is spoken


@pytest.mark.parametrize(("text", "speaker", "spoken"), LAID_OUT)
def test_speaker_by_labels(text: str, speaker: str, spoken: Spoken) -> None:
    """Labels give every line its voice: one who has turns elsewhere does not speak in this one."""
    assert _spoken(text, speaker) is spoken


def test_role_in_the_source_is_the_person_the_draft_gives_it() -> None:
    """The draft may say who the head teacher is, where the source gives the words to "the head teacher"."""
    draft = f"“{GATE},” said the head teacher, Ruth Amery."
    assert _spoken(f"The head teacher said: “{GATE}.”", "Ruth Amery", draft) is FOUND
    assert _spoken(f"CHAIR: {GATE}.\nTOMAS VELT: No.", "Ada Moor", f"“{GATE},” said the chair, Ada Moor.") is FOUND


def test_answers_belong_to_the_person_interviewed() -> None:
    """Under "Q" and "A" the one whom the title names answers."""
    held = source(f"Q. Did it work?\nA. {GATE}.\nQ. Why?\nA. Luck.", title="Interview with Ilse Brand")
    assert _spoken(held, "Ilse Brand") is FOUND
    assert _spoken(held, "Otto Frey") is OTHER


def test_cue_speaker_decides() -> None:
    """In a recording the cue's speaker says the words."""
    held = transcript(Cue("Pia Voss", "Good evening."), Cue("Otto Frey", f"{GATE}."))
    assert _spoken(held, "Otto Frey") is FOUND
    assert _spoken(held, "Pia Voss") is OTHER


def test_signed_text_is_its_signer_s_own() -> None:
    """A text in the first person, signed at its end, is spoken by the one who signs it."""
    held = source(
        f"I said it before: {GATE}. Users may apply for refunds. Jon Moll, Harbourmaster.", title="To all users"
    )
    assert _spoken(held, "Jon Moll") is FOUND
    assert _spoken(held, "the harbourmaster") is FOUND
    assert _spoken(held, "Pia Voss") is OTHER
    assert _spoken(held, "the letter") is FOUND


def test_byline_of_a_statement_is_its_speaker() -> None:
    """The person whose statement a document is by its title says what stands in it."""
    assert _spoken(source(f"{GATE}. We thank you.", title="Statement by Pia Voss"), "Pia Voss") is FOUND
    assert _spoken(source(f"{GATE}. We thank you.", title="Statement by Pia Voss"), "Otto Frey") is OTHER


def test_body_that_publishes_a_text_speaks_in_it() -> None:
    """A union, a council or a company says what stands in its own release."""
    held = source(f"{GATE}. Members meet today.", title="Our response", publisher="Harbour Workers' Union")
    assert _spoken(held, "the union") is FOUND
    assert _spoken(held, "the council") is UNKNOWN


@pytest.mark.parametrize(
    ("role", "text", "people"),
    [
        ("the head teacher", "The head teacher, Ruth Amery, spoke.", ("Ruth Amery",)),
        ("the headteacher", "Ruth Amery is the head teacher of the school.", ("Ruth Amery",)),
        ("the harbourmaster", "Thank you. Jon Moll, Harbourmaster.", ("Jon Moll",)),
        ("the district engineer", "CHAIR: Mr Velt, you are the district engineer.", ("Velt",)),
        ("the mayor", "Bo Lund, the former mayor, and the mayor, Ms Ana Ortez, spoke.", ("Ana Ortez",)),
        ("the mayor", "The deputy mayor, Bo Lund, left.", ()),
        ("the minister", "PIA ARAN (Minister of Mines): I would.", ("PIA ARAN",)),
    ],
)
def test_holders_of_a_role(role: str, text: str, people: tuple[str, ...]) -> None:
    """Those named right beside a role hold it, whichever stands first."""
    assert holders(role, text) == people


def test_prose_with_a_colon_has_no_labels() -> None:
    """A line that happens to have a colon is no speaker's turn."""
    assert labels("Remember: the gate is old.\nNote: bring shoes.\nLadies and gentlemen, here it is: the list.") == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Pia Voss", "VOSS", True),
        ("Diver Marco Selle", "Marco Selle", True),
        ("Pia Voss", "Ada Voss", False),
        ("the mayor", "Ada Voss", None),
    ],
)
def test_same_person(ours: str, theirs: str, same: bool | None) -> None:
    """A surname or a calling before the name leaves the person the same; a role alone leaves it open."""
    assert same_person(ours, theirs) is same
