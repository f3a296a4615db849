"""Currencies as news writes them: signs before the number, words and codes on either side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.language.amounts import Amount

_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_DOLLARS = {"US": "USD", "C": "CAD", "CA": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "S": "SGD"}
_WORDS = {
    "dollar": "USD",
    "buck": "USD",
    "euro": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "rupee": "INR",
    "franc": "CHF",
    "peso": "MXN",
    "ruble": "RUB",
    "rouble": "RUB",
    "krona": "SEK",
    "kronor": "SEK",
    "krone": "NOK",
    "kroner": "NOK",
    "won": "KRW",
    "rand": "ZAR",
    "shekel": "ILS",
    "lira": "TRY",
    "zloty": "PLN",
    "real": "BRL",
    "quid": "GBP",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
}
_COINS = {"cent": "USD", "penny": "GBP", "pence": "GBP"}
_CODES = "USD|EUR|GBP|CAD|AUD|JPY|CHF|CNY|INR|NZD"
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<land>US|CA|AU|NZ|HK|[CAS]))?(?P<sign>[$£€¥₹])[ \u00a0]?$|\b(?P<code>{_CODES})[ \u00a0]?$"
)
_AFTER = re.compile(
    rf"[ \u00a0-]?(?:(?P<land>US|U\.S\.|American|Canadian|Australian|New Zealand|Hong Kong|Singapore)[ ])?"
    rf"(?:(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:e?s)?\b|(?P<coin>cents?|pence"
    rf"|pennies|penny|¢)(?![a-z])|(?P<code>(?:{_CODES})\b)|(?P<pounds>pounds?)\b|(?P<sign>[€£$]))",
    re.I,
)
_LANDS = {"canadian": "CAD", "australian": "AUD", "new zealand": "NZD", "hong kong": "HKD", "singapore": "SGD"}
_AMBIGUOUS = re.compile(r"won\b|real\b|rand\b", re.I)
_STERLING = re.compile(r"[£]|\b(?:pence|sterling|British|UK|Britain)\b")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency's `code` and where its sign or word starts and ends; `power` is -2 for cents."""

    code: str
    start: int
    end: int
    power: int = 0


def currency_before(text: str, at: int) -> Currency | None:
    """The currency written right before the number that starts at `at`."""
    match = _BEFORE.search(text, max(0, at - 5), at)
    if match is None:
        return None
    code = match["code"] or (
        _DOLLARS.get(match["land"] or "US", "USD") if match["sign"] == "$" else _SIGNS[match["sign"]]
    )
    return Currency(code, match.start(), at)


def currency_after(text: str, amount: Amount) -> Currency | None:
    """The currency written right after `amount`; "pounds" are money only beside millions or other sterling."""
    match = _AFTER.match(text, amount.end)
    if match is None or (match["word"] and _AMBIGUOUS.match(match["word"]) and not amount.scaled):
        return None
    if match["pounds"]:
        money = amount.scaled or _STERLING.search(text) is not None
        return Currency("GBP", match.start(), match.end()) if money else None
    if match["sign"]:
        return Currency(_SIGNS[match["sign"]], match.start(), match.end())
    if match["code"]:
        return Currency(match["code"].upper(), match.start(), match.end())
    if match["coin"]:
        coin = match["coin"].lower().replace("pennies", "penny").removesuffix("s")
        return Currency(_COINS.get(coin, "USD"), match.start(), match.end(), power=-2)
    word = match["word"].lower()
    code = _LANDS.get((match["land"] or "").lower(), _WORDS[word]) if word == "dollar" else _WORDS[word]
    return Currency(code, match.start(), match.end())
