"""Which characters of a Markdown paragraph are syntax: markdown-it's own inline rules, watched at work.

Its tokens carry no offsets. Every rule is wrapped so that what it consumed is noted with the tokens it made, in
offsets of the paragraph's content; `Marks` turns these into spans of the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.model import Link, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WHOLE = frozenset({"backticks", "image", "footnote_ref", "html_inline"})
_DELIMITERS = frozenset({"emphasis", "strikethrough"})
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\[\]()`]*[^\s<>\[\]()`.,;:!?'\"”’*_]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a paragraph's content; markup, or the words of a link where `target` is set.

    `token` is the delimiter that may yet turn out to be a plain asterisk.
    """

    content: str
    start: int
    end: int
    target: str | None = None
    token: Token | None = None

    @property
    def holds(self) -> bool:
        return self.token is None or self.token.type != "text" or not self.token.content


class Marks:
    """The marks of one file, by the content they were found in."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._by_content: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            if mark.holds:
                self._by_content[mark.content].append(mark)

    def placed(self, token: Token, starts: list[int]) -> tuple[list[Span], list[Link]]:
        """Markup and links of an inline token whose content's lines begin at `starts` in the file."""
        content = token.content
        breaks = [0, *(match.end() for match in re.finditer("\n", content))]
        hidden, links = set(), {}
        found = self._by_content.get(content, [])
        found = [*found, *_bare_urls(content, found)]
        for mark in found:
            span = _place(mark, breaks, starts)
            if mark.target is None:
                hidden.add(span)
            else:
                links[span] = Link(span, mark.target)
        return _merged(hidden), sorted(links.values(), key=lambda link: link.span)


def _place(mark: Mark, breaks: list[int], starts: list[int]) -> Span:
    def at(offset: int) -> int:
        line = max(i for i, begin in enumerate(breaks) if begin <= offset)
        return starts[line] + offset - breaks[line]

    return Span(at(mark.start), at(mark.end - 1) + 1)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _bare_urls(content: str, known: Iterable[Mark]) -> Iterable[Mark]:
    for match in _URL.finditer(content):
        if any(mark.start < match.end() and match.start() < mark.end for mark in known):
            continue  # in code, or in a link already
        yield Mark(content, match.start(), match.end())
        yield Mark(content, match.start(), match.end(), target=match.group())


def parser() -> MarkdownIt:
    """A CommonMark parser with tables, footnotes and front matter; it notes marks in `env["marks"]`."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    made.use(front_matter_plugin).use(footnote_plugin)
    # Notes stay where they stand, also those that nothing refers to; tokens are not run together.
    made.disable(["footnote_tail", "text_join", "fragments_join"])
    for rule in made.inline.ruler.__rules__:
        made.inline.ruler.at(rule.name, _watched(rule.name, rule.fn), {"alt": rule.alt})
    made.disable(["footnote_tail", "text_join", "fragments_join"])
    return made


def _watched(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def watched(state: StateInline, silent: bool) -> bool:
        before, made = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent and "marks" in state.env:
            state.env["marks"].extend(_marks(name, state, before, state.tokens[made:]))
        return matched

    return watched


def _marks(name: str, state: StateInline, before: int, tokens: list[Token]) -> Iterable[Mark]:
    content, after = state.src, state.pos
    if name in _DELIMITERS:
        yield from _delimiters(content, before, after, tokens)
    elif name in _WHOLE and any(token.type != "text" for token in tokens):
        yield Mark(content, before, after)
    elif name == "escape" and after > before + 1:
        yield Mark(content, before, before + 1)
    elif name == "entity" and content[before:after] == "&amp;":
        yield Mark(content, before + 1, after)
    elif name == "footnote_inline":
        yield Mark(content, before, before + 2)
        yield Mark(content, after - 1, after)
    elif name == "autolink":
        yield Mark(content, before, after)
        yield Mark(content, before + 1, after - 1, target=content[before + 1 : after - 1])
    elif name == "link":
        yield from _link(state, before, tokens)


def _delimiters(content: str, before: int, after: int, tokens: list[Token]) -> Iterable[Mark]:
    # The rule's own tokens are the last; words that waited to be put before them come first.
    at = after
    for token in reversed(tokens):
        if at <= before:
            return
        yield Mark(content, at - len(token.content), at, token=token)
        at -= len(token.content)


def _link(state: StateInline, before: int, tokens: list[Token]) -> Iterable[Mark]:
    after = state.pos
    label_end = state.md.helpers.parseLinkLabel(state, before, True)
    yield Mark(state.src, before, before + 1)
    yield Mark(state.src, label_end, after)
    target: Any = next((token.attrs.get("href") for token in tokens if token.type == "link_open"), None)
    if isinstance(target, str) and target and label_end > before + 1:
        yield Mark(state.src, before + 1, label_end, target=target)
