"""What the words around a place say about it: where a person works, or where they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Role = Literal["work", "home"]


def _any(words: str) -> str:
    """Return a pattern for any of the words; each may itself be a pattern."""
    return "(?:" + "|".join(words.split()) + ")"


# Words between a cue and the name: "soy de *el* Salvador", "estoy en *la ciudad de* Houston".
_FILLER = (
    r"(?: "
    + _any(
        "el la los las un una the estado state ciudad city provincia province departamento pueblo town municipio area"
        " parte norte sur north south de del of por aldea aca alla aqui ahi"
    )
    + ")*"
)
_UP_TO_TWO = r"(?: \w+){0,2}"
_UP_TO_SIX = r"(?: \w+){0,6}"

_I_AM = _any(
    "soy somos eres es era son nacimos naci nacida nacido nacidos originari[oa]s? oriund[oa]s? natural procedente gente"
    " paisan[oa]s? trabajadores trabajadora? mujer hombre persona migrantes?"
)
_I_CAME = _any(
    "vengo venimos viene vienen vine vinimos vino venido sali salimos salio traje trajo trajeron trajimos traid[oa]s?"
    " contrato contrataron reclutaron reclutado emigre migre migro llegue"
)
_PAPER = _any("consulado consul embajada embajador pasaporte cedula dpi dui ciudadan[oa] nacionalidad")
_BACK = _any("(?:regres|volv|vuelv|devolv|devuelv|retorn|repatri|deport|mand|envi|trasla|llev)\\w*")
_MINE = _any("familia mama papa madre esposa hijos hijas ninos hermano hermana gente tierra pueblo")
_LIVES = _any("esta estan vive viven quedo quedaron sigue alla")
_WE_ARE = _any(
    "im i.m i.am we.re we.are were was is are am he.s she.s come came comes brought recruited hired people workers worker"
    " man woman guy citizen passport originally family"
)

_HOME = re.compile(
    "(?:^| )(?:"
    + "|".join(
        (
            f"{_I_AM} (?:de|del|en)",
            f"{_I_CAME}{_UP_TO_TWO} (?:de|del|desde)",
            rf"{_PAPER}(?: general)?(?: \w+)? (?:de|del)",
            f"{_BACK}{_UP_TO_SIX} (?:a|al|para|hasta|pa|pal)",
            f"mis? {_MINE}(?: {_LIVES})* (?:en|de|es)",
            r"mi (?:pais|tierra|pueblo|patria)(?: es| que es)?",
            "my country(?: is)?",
            r"reclut\w* en",
            "alla (?:en|de)",
            f"{_WE_ARE}{_UP_TO_TWO} (?:from|of)",
            "(?:born|family|kids|children|mother|wife|home|back) in",
            "(?:consulate|embassy|consul) (?:of|for)",
            r"(?:back|return|returned|deported|deport|send|sent|fly|home|body)(?: \w+){0,3} to",
        )
    )
    + f"){_FILLER}$"
)

_WENT = _any(
    "vine venir vinimos vino llegue llegar llegamos llego llevaron llevo llevar ir irme irnos fui fuimos voy vamos va van"
    " viaje viajar viajo viajamos entre entrar cruce cruzar trajeron trajo traen trabajar trabajo"
)
_JOB = _any(
    "trabajo trabajamos trabaja empleo chamba jale brete temporada contrato visa permiso finca fabrica construccion ley"
    " leyes laws? permit"
)

_WORK = re.compile(
    "(?:^| )(?:"
    + "|".join(
        (
            "(?:en|in|aqui|aca|here|near|cerca de|cerca|at|por|desde|hacia|around)",
            rf"{_WENT}(?: \w+){{0,5}} (?:a|al|para|pa|pal)",
            f"(?:came|come|coming|moved|go|going|arrived|brought|travel|traveled|get|got|work|job|trip){_UP_TO_TWO} to",
            rf"{_JOB}(?: \w+)? (?:de|del|para|of|for)",
        )
    )
    + f"){_FILLER}$"
)
_CALLING_FROM = re.compile(r"(?:escrib|habl|llam)\w* (?:de|desde)$|(?:writing|calling|texting) from$")

# "de Guatemala", "from Honduras": the whole answer to where someone comes from.
_BARE_ORIGIN = frozenset({"de", "from", "soy", "hola soy de"})
_PLACE_CUE = re.compile(r"(?:^| )(?:en|desde|hacia|a|al|pal|in|from|to|near|(?:soy|somos|vengo|venimos|vivo|cerca) de)$")

_SELF = re.compile(
    "(?:^| )(?:soy|somos|nosotr[oa]s|como|am|im|i m|we are|we re|as)"
    "(?: (?:de|una?|los|las|the|an?|mujer|hombre|trabajador|trabajadora))*$"
)
_NOT_A_PERSON = frozenset(
    "patron patrona patrones jefe jefa jefes dueno duena duenos contratista supervisor supervisora capataz mayordomo manager"
    " encargado encargada senor senora familia comida restaurante tienda empresa compania ley leyes gobierno frontera peso"
    " pesos abogado abogada policia mercado cerveza musica seleccion equipo hospital doctor boss owner amigo novio vecino"
    " companero".split()
)
_NOT_A_PERSON_AFTER = frozenset(
    "restaurant food store company law laws government border boss owner patron dollar dollars peso pesos market police"
    " lawyer manager supervisor foreman family lady employer contractor".split()
)
_PAPERS = frozenset("consulate embassy passport consulado embajada pasaporte consul cedula dpi".split())
_SOMEONE_ELSE = re.compile(r"(?:^| )(?:un|una|unos|unas|otro|otra|el|la|a|an|the|ese|esa|este|esta)$")


def _text(words: Sequence[str]) -> str:
    return " ".join(words[-9:])


def place_cue_before(before: Sequence[str]) -> bool:
    """Return whether the last word before a name announces a place."""
    return bool(_PLACE_CUE.search(_text(before)))


def role_before(before: Sequence[str]) -> Role | None:
    """Return whether the words before a place make it the place of work or of origin, None when they do not say.

    >>> role_before("soy de".split()), role_before("ando en".split()), role_before([])
    ('home', 'work', None)
    """
    text = _text(before)
    if _CALLING_FROM.search(text):
        return "work"
    if text in _BARE_ORIGIN or _HOME.search(text):
        return "home"
    return "work" if _WORK.search(text) else None


def names_no_person(before: Sequence[str], after: Sequence[str], *, self_only: bool) -> bool:
    """Return whether a nationality is not the writer's own: the employer's, a dish's, some third person's.

    `self_only` asks for words such as *soy* or *I am* before it.
    """
    text = _text(before)
    if _SELF.search(text) or (after and after[0] in _PAPERS) or (before and before[-1] in _PAPERS):
        return False
    if self_only or (after and after[0] in _NOT_A_PERSON_AFTER):
        return True
    if any(word in _NOT_A_PERSON for word in before[-3:]):
        return True
    return bool(before) and bool(_SOMEONE_ELSE.search(text))
