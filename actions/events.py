"""Mobile consulates near a person: those of their country's posts that are not over, in the region or of the post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.reply import Block, Labelled, OfficeLine
from knowledge.figures import say_date
from knowledge.models import Status

if TYPE_CHECKING:
    import datetime as dt

    from actions.consulate_finder import ConsulateReferral
    from actions.context import Context
    from knowledge.consulate_models import Event
    from knowledge.knowledge_base import KnowledgeBase

#: Events named in a card.
EVENTS_SHOWN = 2


def coming_events(knowledge: KnowledgeBase, home: str, work: str, as_of: dt.date) -> list[tuple[str, Event]]:
    """The events of the posts of `home` in `work` that are not over on `as_of`, the next first."""
    start = f"{home}-{work}-"
    coming = [
        (id_, event)
        for id_, event in knowledge.events.items()
        if event.post.startswith(start) and event.status is Status.VERIFIED and as_of <= min(event.last, event.review_by)
    ]
    return sorted(coming, key=lambda item: (item[1].first, item[0]))


def event_blocks(context: Context, referral: ConsulateReferral) -> tuple[Block, ...]:
    """The next events in the person's region or of the post that serves them."""
    coming = coming_events(context.knowledge, referral.home, referral.work, context.as_of)
    near = [event for _, event in coming if event.post == referral.post_id or event.region == referral.region]
    if not near:
        return ()
    lines = tuple(_event_line(context, event) for event in near[:EVENTS_SHOWN])
    return (Labelled(context.say("label_events"), ""), *lines)


def _event_line(context: Context, event: Event) -> OfficeLine:
    language = context.language
    first = say_date(event.first, language)
    days = (
        first if event.first == event.last else context.say("event_days", first=first, last=say_date(event.last, language))
    )
    services = ", ".join(context.say(f"service_{service}") for service in event.services)
    details = [f"{days}, {event.opens}-{event.closes}", f"{event.address}, {event.city}", services]
    if event.booking:
        details.append(event.booking[language])
    return OfficeLine(event.title[language], url=event.source, details=tuple(details))
