"""The routes of the editors' page. Nothing is written and nothing comes from outside."""

from __future__ import annotations

from collections import defaultdict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.preview.answers import Asked, asked_of, figure_rows, files_behind, phones
from bot.preview.board import HERE, board_values, environment, topic_title
from bot.preview.searching import country_of, search
from bot.preview.tasks import running
from bot.preview.texts import show_file
from knowledge.figures import say_date
from knowledge.problems import Severity
from knowledge.review import due
from knowledge.workbench_words import LANGUAGES, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from bot.preview.asking import Asking
    from bot.preview.store import PreviewStore
    from knowledge.knowledge_base import KnowledgeBase

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
#: The selectors, kept from page to page.
_KEPT = ("country", "topic", "region", "home", "as_of", "ui")
#: Days ahead that the board looks for what is due.
_DUE_WITHIN = 45


def make_preview_application(store: PreviewStore, asking: Asking, language: str) -> Starlette:
    """The page over a store; it follows the files while it runs."""
    pages = _Pages(store, asking, language)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with running(store.follow()):
            yield
        await asking.close()

    routes = [
        Route("/", pages.answers),
        Route("/search", pages.search),
        Route("/ask", pages.ask),
        Route("/board", pages.board),
        Route("/problems", pages.problems),
        Route("/reading", pages.reading),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


class _Pages:
    def __init__(self, store: PreviewStore, asking: Asking, language: str) -> None:
        self._store = store
        self._asking = asking
        self._language = language

    async def reading(self, _: Request) -> Response:
        """Which reading is in force; the page asks now and then, and shows itself anew when it changed."""
        return JSONResponse({"reading": self._store.reading}, headers=_HEADERS)

    async def answers(self, request: Request) -> Response:
        """One topic, as phones show it."""
        knowledge, language = self._store.knowledge, self._ui(request)
        if knowledge is None:
            return RedirectResponse("/problems")
        asked = self._asked(request, knowledge)
        return self._page(
            request,
            "answers.html",
            phones=phones(self._store, asked),
            figures=figure_rows(self._store, asked, language),
            files=files_behind(self._store, asked, language),
        )

    async def search(self, request: Request) -> Response:
        """What was found, as links to answers."""
        knowledge, text = self._store.knowledge, request.query_params.get("q", "")[:200]
        hits = search(knowledge, text, self._ui(request)) if knowledge else []
        found = [(hit, _address("/", request, country=country_of(hit), topic=hit.topic)) for hit in hits]
        return self._page(request, "search.html", q=text, found=found)

    async def ask(self, request: Request) -> Response:
        """What the bot makes of a question."""
        knowledge, text = self._store.knowledge, request.query_params.get("q", "")[:2000].strip()
        answer = None
        if knowledge and text and not self._store.is_sound:
            return RedirectResponse("/problems")
        if knowledge and text:
            answer = await self._asking.ask(knowledge, text, self._asked(request, knowledge), self._ui(request))
        titles = (
            {topic: topic_title(knowledge, topic, self._ui(request)) for topic in knowledge.register.topics}
            if knowledge
            else {}
        )
        return self._page(request, "ask.html", q=text, answer=answer, titles=titles, classifier=self._asking.has_classifier)

    async def board(self, request: Request) -> Response:
        """The coverage board, and what is due."""
        knowledge, language = self._store.knowledge, self._ui(request)
        if knowledge is None or not self._store.is_sound:
            return RedirectResponse("/problems")
        day = self._asked(request, knowledge).as_of
        until = _plus(day, _DUE_WITHIN)
        values = board_values(knowledge, day, language)
        return self._page(
            request,
            "board_page.html",
            **values,
            due=due(self._store.content, until, language),
            until=say_date(until, language),
        )

    async def problems(self, request: Request) -> Response:
        """Every problem, in its file, under its line; errors first."""
        grouped = defaultdict(list)
        for problem in self._store.problems:
            grouped[problem.file].append(problem)
        shown = []
        for name, found in sorted(
            grouped.items(), key=lambda item: (min(p.severity for p in item[1]) is not Severity.ERROR, item[0])
        ):
            shown.append(show_file(name, self._store.text(name), found, self._ui(request), only=()))
        return self._page(request, "problems.html", files=shown)

    def _ui(self, request: Request) -> str:
        wanted = request.query_params.get("ui", self._language)
        return wanted if wanted in LANGUAGES else LANGUAGES[0]

    def _asked(self, request: Request, knowledge: KnowledgeBase) -> Asked:
        return asked_of(dict(request.query_params), knowledge, self._store.today())

    def _page(self, request: Request, template: str, **values: object) -> Response:
        store, language = self._store, self._ui(request)
        knowledge = store.knowledge
        errors = len(store.errors)
        shared = {
            "words": words(language),
            "language": language,
            "other": next(code for code in LANGUAGES if code != language),
            "reading": store.reading,
            "errors": errors,
            "warnings": len(store.problems) - errors,
            "version": knowledge.version if knowledge else "—",
            "path": request.url.path,
            "link": lambda path, **changed: _address(path, request, **changed),
            **(self._selectors(knowledge, self._asked(request, knowledge), language) if knowledge else {}),
        }
        html = environment.get_template(template).render(**{**shared, **values})
        return HTMLResponse(html, headers=_HEADERS)

    def _selectors(self, knowledge: KnowledgeBase, asked: Asked, language: str) -> dict[str, object]:
        """The choices of the selectors: countries, topics by category, the regions of the chosen country."""
        described = knowledge.countries[asked.country].country if asked.country else None
        countries = sorted((knowledge.country_name(code, language), code) for code in knowledge.countries)
        register, says = knowledge.register, knowledge.interface.get(language, {})
        groups = [
            (
                says.get(f"category_{name}", name),
                [
                    (id_, topic_title(knowledge, id_, language))
                    for id_, topic in register.topics.items()
                    if topic.category == name
                ],
            )
            for name in register.categories
        ]
        return {"asked": asked, "choices": countries, "groups": groups, "regions": described.regions if described else {}}


def _plus(day: dt.date, days: int) -> dt.date:
    return day.fromordinal(day.toordinal() + days)


def _address(path: str, request: Request, **changed: str) -> str:
    kept = {key: request.query_params[key] for key in _KEPT if key in request.query_params}
    return f"{path}?{urlencode({**kept, **changed})}" if kept or changed else path
