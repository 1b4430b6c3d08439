"""Charts as SVG inside the page: nothing is fetched, and a reader for the blind finds every number as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Measures in the units of the drawing, which the page scales to its width.
WIDTH, ROW, LABEL, NUMBER = 720, 30, 270, 60
_COLOURS = ("#0c3d3e", "#b02024", "#fab628")


def bar_chart(rows: Sequence[tuple[str, int]], title: str) -> Markup:
    """Horizontal bars, one a row, each with its label and number."""
    if not rows:
        return Markup("")
    most = max(number for _, number in rows)
    room = WIDTH - LABEL - NUMBER
    bars = []
    for place, (label, number) in enumerate(rows):
        top, length = place * ROW, max(2, round(room * number / most))
        bars.append(
            f'<text x="{LABEL - 10}" y="{top + 20}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{LABEL}" y="{top + 5}" width="{length}" height="{ROW - 10}" rx="3" fill="{_COLOURS[0]}"/>'
            f'<text x="{LABEL + length + 8}" y="{top + 20}" class="n">{number}</text>'
        )
    height = ROW * len(rows)
    return Markup(  # noqa: S704  # every text in it is escaped above
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(bars)}</svg>'
    )


def share_chart(rows: Sequence[tuple[str, int]], title: str) -> Markup:
    """One bar parted by shares, with a legend of label and whole per cent below it."""
    total = sum(number for _, number in rows)
    if not total:
        return Markup("")
    parts, left = [], 0.0
    for place, (label, number) in enumerate(rows):
        width, colour = WIDTH * number / total, _COLOURS[place % len(_COLOURS)]
        parts.append(f'<rect x="{left:.1f}" y="0" width="{width:.1f}" height="34" fill="{colour}"/>')
        legend = f"{escape(label)} {round(100 * number / total)} %"
        x = place * WIDTH / len(rows)
        parts.append(f'<rect x="{x:.0f}" y="48" width="14" height="14" rx="3" fill="{colour}"/>')
        parts.append(f'<text x="{x + 20:.0f}" y="60">{legend}</text>')
        left += width
    return Markup(  # noqa: S704  # every text in it is escaped above
        f'<svg viewBox="0 0 {WIDTH} 66" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
