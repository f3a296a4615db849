"""Pictures of figures as inline SVG. Colours and letters come from the page's style, by class; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from checker.evaluation.calibration import Bin, Kept

if TYPE_CHECKING:
    from markupsafe import Markup

_LEFT, _TOP, _SIDE, _FOOT = 58, 12, 300, 40
_STRIP = 46  # the histogram above a reliability diagram
_POINTS = 300
_CELL, _ROW = 86, 40
_BAR = 180
# Controls act on a page, and embeddings, overrides and isolates show words in an order in which they were not read.
_HIDDEN = {
    **dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
}


def harmless(text: str) -> str:
    """`text` with nothing in it that acts on a page; it has still to be escaped."""
    return text.translate(_HIDDEN)


def reliability(bins: Sequence[Bin]) -> Markup:
    """Share right against confidence, a bar a bin, with the diagonal of a perfect engine and the counts above."""
    most, top = max((item.n for item in bins), default=1), _TOP + _STRIP
    parts = _frame(top, "confidence", "share right")
    parts.append(_line(_x(0), _y(0, top), _x(1), _y(1, top), "ideal"))
    for item in bins:
        left, width = _x(item.low) + 1, _SIDE * (item.high - item.low) - 2
        height = _SIDE * item.right
        parts.append(_rect(left, top + _SIDE - height, width, height, "bar", _counted(item)))
        parts.append(_line(left, _y(item.confidence, top), left + width, _y(item.confidence, top), "mean"))
        tall = (_STRIP - 12) * item.n / most
        parts.append(_rect(left, top - 6 - tall, width, tall, "count", _counted(item)))
    return _picture(_LEFT + _SIDE + 14, top + _SIDE + _FOOT, "Reliability diagram", parts)


def risk_coverage(points: Sequence[Kept], risk: float) -> Markup:
    """The share of wrong answers among the surest, against how many are kept; `risk` is the level that is marked."""
    highest = _nice(max((point.risk for point in points), default=0.0))
    parts = _frame(_TOP, "share of items kept, the surest first", "share wrong among them", highest)
    if risk < highest:
        y = _y(risk / highest, _TOP)
        parts += [_line(_x(0), y, _x(1), y, "ideal"), _text(_x(1) - 2, y - 5, f"{risk:.0%} wrong", "end")]
    step = max(1, len(points) // _POINTS)
    kept = [*points[:-1:step], *points[-1:]]
    way = " ".join(f"{_x(point.coverage):.1f},{_y(point.risk / highest, _TOP):.1f}" for point in kept)
    parts.append(_markup('<polyline class="curve" points="{}"/>', way))
    for point in kept[-1:]:
        end = '<circle class="end" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>all kept: {:.3f} wrong</title></circle>'
        parts.append(_markup(end, _x(point.coverage), _y(point.risk / highest, _TOP), point.risk))
    return _picture(_LEFT + _SIDE + 14, _TOP + _SIDE + _FOOT, "Risk-coverage curve", parts)


def confusion(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> Markup:
    """Gold labels down, answers across; a cell is as dark as its share of its row."""
    side = 12 + 7 * max((len(_spoken(label)) for label in labels), default=0)
    parts = [_text(side + _CELL * len(labels) / 2, 14, "answer", "middle", "axis")]
    for column, label in enumerate(labels):
        for line, word in enumerate(_wrapped(_spoken(label))):
            parts.append(_text(side + _CELL * (column + 0.5), 32 + 13 * line, word, "middle"))
    head = 30 + 13 * max((len(_wrapped(_spoken(label))) for label in labels), default=1)
    for row, label in enumerate(labels):
        top, total = head + _ROW * row, sum(counts[row]) or 1
        parts.append(_text(side - 8, top + _ROW / 2 + 4, _spoken(label), "end"))
        for column, count in enumerate(counts[row]):
            name, share = ("right" if row == column else "wrong"), count / total
            told = f"gold {_spoken(label)}, answer {_spoken(labels[column])}: {count} of {sum(counts[row])}"
            parts.append(_cell(side + _CELL * column, top, share, name, told))
            parts.append(_text(side + _CELL * (column + 0.5), top + _ROW / 2 + 4, str(count), "middle", "cell"))
    return _picture(side + _CELL * len(labels) + 4, head + _ROW * len(labels) + 4, "Confusion matrix", parts)


def bar(value: float, low: float, high: float, name: str = "bar") -> Markup:
    """A value in 0..1 as a bar, with its interval."""
    x = [4 + (_BAR - 8) * min(max(part, 0.0), 1.0) for part in (value, low, high)]
    parts = [
        _rect(4, 7, _BAR - 8, 6, "rail"),
        _rect(4, 7, x[0] - 4, 6, name),
        _line(x[1], 10, x[2], 10, "whisker"),
        _line(x[1], 6, x[1], 14, "whisker"),
        _line(x[2], 6, x[2], 14, "whisker"),
    ]
    return _picture(_BAR, 20, f"{value:.3f}, from {low:.3f} to {high:.3f}", parts)


def _frame(top: float, across: str, up: str, highest: float = 1.0) -> list[Markup]:
    parts = []
    for tick in range(6):
        share = tick / 5
        y, x = _y(share, top), _x(share)
        parts += [_line(_x(0), y, _x(1), y, "grid"), _text(_LEFT - 6, y + 4, f"{share * highest:.3g}", "end")]
        parts.append(_text(x, top + _SIDE + 16, f"{share:.1f}", "middle"))
    parts.append(_text(_x(0.5), top + _SIDE + 34, across, "middle", "axis"))
    turned = '<text class="axis" text-anchor="middle" transform="translate(11 {:.1f}) rotate(-90)">{}</text>'
    parts.append(_markup(turned, top + _SIDE / 2, up))
    return parts


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float, top: float) -> float:
    return top + _SIDE * (1 - share)


def _nice(value: float) -> float:
    """The least round number above a value, so that a flat curve is not drawn on the floor."""
    return next((bound for bound in (0.05, 0.1, 0.2, 0.25, 0.5) if value <= bound), 1.0)


def _counted(item: Bin) -> str:
    return f"confidence {item.low:.2f} to {item.high:.2f}: {item.n} items, {item.right:.3f} right"


def _spoken(label: str) -> str:
    return label.replace("_", " ")


def _wrapped(text: str) -> list[str]:
    """A label on lines that fit over a cell."""
    lines = [""]
    for word in text.split() or [""]:
        if lines[-1] and len(lines[-1]) + len(word) > 11:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _rect(x: float, y: float, width: float, height: float, name: str, told: str = "") -> Markup:
    title = _markup("<title>{}</title>", told) if told else ""
    shape = '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>'
    return _markup(shape, name, x, y, max(width, 0.0), max(height, 0.0), title)


def _cell(x: float, y: float, share: float, name: str, told: str) -> Markup:
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill-opacity="{:.3f}"><title>{}</title></rect>'
    return _markup(shape, name, x + 1, y + 1, _CELL - 2, _ROW - 2, 0.06 + 0.64 * share, told)


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> Markup:
    return _markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>', name, x1, y1, x2, y2)


def _text(x: float, y: float, text: str, anchor: str, name: str = "tick") -> Markup:
    return _markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>', name, x, y, anchor, text)


def _picture(width: float, height: float, told: str, parts: Iterable[Markup]) -> Markup:
    from markupsafe import Markup

    head = '<svg viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}" role="img" aria-label="{}">'
    return _markup(head, width, height, width, height, told) + Markup("").join(parts) + Markup("</svg>")


def _markup(pattern: str, *values: object) -> Markup:
    from markupsafe import Markup

    return Markup(pattern).format(*(harmless(value) if type(value) is str else value for value in values))
