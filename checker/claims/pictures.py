"""Captions and credits: what a picture is said to show, and whose it is said to be."""

from __future__ import annotations

import re

from checker.claims.restating import sentence, tidy

_LABEL = re.compile(r"^\W*(?:caption|pictured|photo caption)[ ]?:\s*", re.I)
_CREDIT_LABEL = re.compile(
    r"^(?:photo(?:graph)?s?|pictures?|images?|illustration|video|graphic|credit|courtesy|photographer"
    r"|pic)(?:[ ](?:by|credit|courtesy(?:[ ]of)?|from|of))?[ ]?:?[ ]*",
    re.I,
)


def caption_text(text: str) -> str:
    """The claim that the picture shows what its caption says."""
    return f"The picture shows: {sentence(_LABEL.sub('', text))}"


def credit_text(text: str) -> str:
    """The claim that the picture is who the credit line says."""
    name = _CREDIT_LABEL.sub("", tidy(text).strip("()[] .")).strip(" :")
    return f"The picture is credited to {name}."
