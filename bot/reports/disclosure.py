"""Which counts may be told: none under ten, and none from which one under ten could be worked out.

A group is a total and the cells that add up to it. Cells under `LEAST` are withheld, a 0 like a 9. A further cell is
withheld while one is alone, while the withheld add up to less than `LEAST`, or while they are all small and so near to nine
each that the sum gives them away. Which one is a matter of the group's fixed order, never of its numbers: were it the
smallest, who knows the rule could reason backwards (of 10, 9, 9 with total 28 shown as 10 + two withheld, both must be 9).

This is primary and complementary cell suppression, guarded against the "minimality attack" (Hundepool and others,
*Statistical Disclosure Control*, 2012, chapter 4; Wong and others, VLDB 2007). Tried over every table of three cells up to a
total of 60 and of four up to 52: an attacker who knows the rule is always left with four values or more for each withheld
cell; withholding the smallest instead left one value in 34 of 3,598 and 472 of 26,121 (docs/decisions/0026-report.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

#: The smallest count that is told.
LEAST = 10
#: So much less than nine each small withheld cells must add up to.
SLACK = 3
#: Counts of a month that is not over are rounded down to a multiple of this.
STEP = 10


@dataclass(frozen=True, slots=True)
class Group:
    """What is told of a group: the total (None: withheld), the cells shown, and all the others together (None: none are)."""

    total: int | None = None
    shown: Mapping[str, int] = field(default_factory=dict)
    others: int | None = None


NOTHING = Group()


def protect(cells: Mapping[str, int], *, also: AbstractSet[str] = frozenset()) -> Group:
    """The group with its small cells withheld.

    Args:
        cells: every cell of the group by name, 0 included, in a fixed order; the later is withheld before the earlier.
        also: cells to withhold for another reason, such as a difference with another table.
    """
    total = sum(cells.values())
    if total < LEAST:
        return NOTHING
    withheld = withheld_cells(cells, also=also)
    shown = {name: count for name, count in cells.items() if name not in withheld}
    others = sum(cells[name] for name in withheld)
    return Group(total, shown, others if withheld else None)


def withheld_cells(cells: Mapping[str, int], *, also: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """The names of the cells that may not be told beside their total."""
    withheld = {name for name, count in cells.items() if count < LEAST or name in also}
    if not withheld:
        return frozenset()
    for name in reversed(list(cells)):
        if _is_safe([cells[other] for other in withheld]):
            break
        withheld.add(name)
    return frozenset(withheld)


def _is_safe(withheld: list[int]) -> bool:
    """Whether the sum of the withheld counts, which anybody can work out, gives none of them away."""
    together, all_small = sum(withheld), max(withheld) < LEAST
    most = (LEAST - 1) * len(withheld)
    return len(withheld) > 1 and together >= LEAST and not (all_small and most - together < SLACK)


def rounded(cells: Mapping[str, int]) -> Group:
    """The group of a month that is not over: every count rounded down, so that two days' reports cannot be subtracted."""
    total = sum(cells.values())
    shown = {name: count // STEP * STEP for name, count in cells.items() if count >= LEAST}
    return Group(total // STEP * STEP, shown) if total >= LEAST else NOTHING
