"""The rules for consular events: a wrong day or place costs a worker a day's pay and a long way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.problems import Problem, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.consulate_models import Event
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile


def _events(content: Content) -> Iterator[tuple[ParsedFile, str, Event]]:
    for file in content.of_kind("events"):
        for id_, event in file.model.events.items():
            yield file, id_, event


def events_have_a_post(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The post exists, and the region is one of the country it lies in."""
    posts = {id_: post for file in knowledge.consulates.values() for id_, post in file.posts.items()}
    for file, id_, event in _events(content):
        post = posts.get(event.post)
        if post is None:
            yield Problem.of("event_post_unknown", file.file, file.line("events", id_, "post"), post=event.post)
            continue
        place = knowledge.countries.get(post.host)
        if place and place.country and event.region not in place.country.regions:
            line = file.line("events", id_, "region")
            yield Problem.of("unknown_region", file.file, line, region=event.region, guess=post.region or "")


def events_take_place(content: Content, _: KnowledgeBase, today: dt.date) -> Iterator[Problem]:
    """Begin before they end, in a time zone that exists; what is over is named, so that it can be deleted."""
    for file, id_, event in _events(content):
        if event.last < event.first or event.closes <= event.opens:
            yield Problem.of("event_ends_early", file.file, file.line("events", id_, "last"), event=id_)
        if not _is_zone(event.time_zone):
            line = file.line("events", id_, "time_zone")
            yield Problem.of("time_zone_unknown", file.file, line, zone=event.time_zone)
        if event.last < today:
            line, warning = file.line("events", id_), Severity.WARNING
            yield Problem.of("event_over", file.file, line, severity=warning, event=id_, date=event.last.isoformat())


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


EVENT_RULES = (events_have_a_post, events_take_place)
