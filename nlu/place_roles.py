"""What the words around a place say about it: where a person works, or where they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Role = Literal["work", "home"]


def _any(words: str) -> str:
    """Return a pattern for any of the words; each may itself be a pattern."""
    return "(?:" + "|".join(words.split()) + ")"


def _ending(*patterns: str) -> re.Pattern[str]:
    """Return what finds one of the patterns, as whole words, at the end of a text."""
    return re.compile("(?:^| )(?:" + "|".join(patterns) + ")$")


# Words between a cue and the name: "soy de *el* Salvador", "estoy en *la ciudad de* Houston".
_FILLER = (
    "(?: "
    + _any(
        "el la los las un una the estado state ciudad city provincia province departamento pueblo town municipio"
        " area parte norte"
        " sur north south de del d of por pueblito aldea caserio canton comunidad frontera aca alla aqui ahi"
    )
    + ")*"
)
_DE = "(?:de|del|d)"
_A = "(?:a|al|para|hasta|pa|pal)"
_WORD = r"(?: \w+)?"
_UP_TO_TWO = r"(?: \w+){0,2}"
_UP_TO_FOUR = r"(?: \w+){0,4}"

_I_AM = _any(
    "soy soi somos eres es era son originari[oa]s? oriund[oa]s? natural procedente paisan[oa]s?"
    " trabajador(?:a|es|as)? migrantes?"
    " mujer hombre persona"
)
_WE_WHO_ARE = "(?:soy|somos)(?: una?| tod[oa]s)? " + _any(
    "mujeres hombres familia maestr[oa] campesin[oa]s? indigenas? vari[oa]s gente ingenier[oa] enfermer[oa]"
)
# Said only of the country of origin, even of the United States or Canada.
_ORIGIN = _ending(
    f"(?:{_I_AM}|{_WE_WHO_ARE}) {_DE}{_FILLER}",
    f"(?:naci|nacimos) en{_FILLER}",
    f"mi (?:pais|tierra|pueblo|patria)(?: es| que es)?{_FILLER}",
    f"my country(?: is)?{_FILLER}",
    f"(?:pasaporte|cedula|dpi|dui|ciudadan[oa]s?|nacionalidad){_WORD} {_DE}{_FILLER}",
    f"{_any('im i.m i.am am we.re we.are were was is are he.s she.s')}{_UP_TO_TWO} (?:from|of){_FILLER}",
    f"(?:citizen|passport|originally){_UP_TO_TWO} (?:from|of){_FILLER}",
    f"(?:i was|i|we were) born in{_FILLER}",
)
_CONSULATE_OF = _ending(
    f"(?:[ck]onsulado|consul|e[mn]bajada|embajador)(?: general)?{_WORD} {_DE}(?: (?:el|la|los))?",
    "(?:consulate|embassy|consul)(?: general)? (?:of|for|from)(?: the)?",
)

_I_CAME = _any(
    "vengo venimos viene vienen vine vinimos vino venido sali salimos salio traje trajo trajeron trajimos"
    " traid[oa]s? contrataron"
    " reclutaron reclutad[oa]s? emigre migre migro llegue llegamos"
)
_BACK = _any("regres volv vuelv devolv devuelv retorn repatri deport mand envi traslado trasladar(?!on) llevar(?!on)")
# The place that people leave and go back to. Whoever is sent to the United States or Canada works there.
_RETURN = _ending(
    f"{_I_CAME}{_UP_TO_TWO} (?:de|del|desde){_FILLER}",
    rf"{_BACK}\w*(?: (?!trabajar)\w+){{0,6}} {_A}{_FILLER}",
    rf"ver a mis? \w+ (?:a|en){_FILLER}",
    f"(?:cuerpo|cadaver|restos|cenizas|remains|body){_UP_TO_FOUR} (?:a|al|para|hasta|to){_FILLER}",
    rf"(?:reclut|enganch|recruit)\w* (?:en|in){_FILLER}",
    f"(?:come|came|comes|brought|recruited|hired|people|workers?|man|woman|guy){_UP_TO_TWO} from{_FILLER}",
    rf"(?:back|return|returned|deported|deport|send|sent|fly|home|body)(?: \w+){{0,3}} to{_FILLER}",
    f"alla (?:en|de){_FILLER}",
    f"(?:(?:back|my) home|back) in{_FILLER}",
)
# Who stays at home; brothers, husbands and grown children may have left as well.
_FAMILY = _any("familia mama madre padres papas esposa hij[oa]s ninos abuel[oa]s? gente")
_FAMILY_EN = _any("family kids children mother parents mom wife grandparents people")
_LIVES = _any("esta estan vive viven se quedo quedaron sigue alla grave enferm[oa]s?")
_FAMILY_THERE = _ending(
    f"(?<!con )(?:mis?|nuestr[oa]s?|sus?|tengo|deje){_WORD} {_FAMILY}(?: {_LIVES})* en{_FILLER}",
    f"(?<!with )(?:my|our){_WORD} {_FAMILY_EN}(?: (?:is|are|lives?|stay|stayed|still))* (?:in|from){_FILLER}",
)
_NOT_AT_HOME = re.compile("(?:^| )" + _any("muri muert fallec died dead passed mataron trabaj cuid work"))

_WENT = _any(
    "vine venir vinimos vino llegue llegar llegamos llego llevaron llevo llevar ir irme irnos fui fuimos voy"
    " vamos va van viaje"
    " viajar viajo viajamos entre entrar cruce cruzar trajeron trajo traen trabajar trabajo"
)
_JOB = _any(
    "trabajo trabajamos trabaja empleo chamba jale brete temporada contrato visa permiso finca fabrica"
    " construccion ley leyes"
    " laws? permit"
)
_WORK = _ending(
    f"(?:en|in|aqui|aca|here|near|cerca de|cerca|at|por|desde|hacia|around|outside){_FILLER}",
    rf"{_WENT}(?: \w+){{0,5}} (?:a|al|para|pa|pal){_FILLER}",
    f"(?:came|come|coming|moved|go|going|arrived|brought|travel|traveled|get|got|work|job|trip){_UP_TO_TWO} to{_FILLER}",
    f"{_JOB}{_WORD} (?:de|del|para|of|for){_FILLER}",
)
_CALLING_FROM = re.compile(rf"(?:escrib|habl|llam)\w*{_WORD} (?:de|desde)$|(?:writing|calling|texting){_WORD} from$")

# "de Guatemala", "from Honduras": the whole answer to where someone comes from.
_BARE_ORIGIN = frozenset({"de", "from", "soy", "hola soy de"})

_MOVES = _any("vin ven vo[yl] v[au] ir fu[ie] lleg llev regres volv vuelv viaj deport mand entr pas cruc retorn traslad")
_MOVES_EN = _any(r"c[ao]me coming go going went moved? moving back return\w* deport\w* sen[dt] travel\w* driv\w+ drove")
_PLACE_CUE = _ending(
    "(?:en|desde|hacia|hasta|por|pal|in|from|near|outside|around)",
    _any("soy soi somos vengo venimos vine sali vivo cerca consulado ciudad estado provincia departamento municipio pueblo")
    + " de",
    "(?:consulate|embassy|city|state|province|town|north|south|east|west) of",
    rf"{_MOVES}\w*{_UP_TO_FOUR} (?:a|al)",
    rf"{_MOVES_EN}(?: \w+){{0,3}} to",
)

_SOME_OF_US = _any(
    r"de d una? uno unos los las the an? two three four five six ten all most(?:ly)? from tod[oa]s vari[oa]s dos tres cuatro"
    r" cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta otr[oa]s? grupo \d+"
    r" mujer(?:es)? hombres?"
    " trabajador(?:a|es|as)? migrantes? joven proud young only puros? familias orgullosamente tambien trans"
)
_FOR_ONE = _ending("(?:como|cm|as|(?<!solo )(?<!son )para|pa|(?<!only )for|do|can)(?: una?| an?)?")
_I_AM_ONE = _ending(
    "(?:(?<!no )soy|soi|(?<!no )somos|nosotr[oa]s|por ser|siendo|si eres|uno es|am|im|i m|we are|we re|us|being)"
    f"(?: {_SOME_OF_US})*"
)
_RELATIVE = _ending(
    "(?:mis?|nuestr[oa]s?) "
    + _any(
        "primo prima herman[oa] hij[oa] sobrin[oa] espos[oa] marido mujer mama papa ti[oa] cunad[oa] padre"
        " vecina compadre paisan[oa]"
    )
    + "s?(?: (?:es|son|era))?",
    "(?:my|our) "
    + _any("cousin brother sister son daughter nephew niece wife husband mother father mom dad uncle aunt parent")
    + "s?(?: (?:is|are|was))?(?: an?)?",
)
# "¡Hola! Un hondureño en Belice …"
_OPENING = frozenset(
    "hola hello hi hey buen buenos buenas dias tardes noches good morning evening si yes pues mire vos disculpe"
    " por favor un una"
    " unos unas a an two dos tres mujer hombre trabajador trabajadora trabajadores migrante migrantes".split()
)
_POSTS = frozenset(
    "consulate consulates embassy consul consulado consulados embajada enbajada konsulado ambulante movil".split()
)
_PAPERS = frozenset(
    "passport papers pasaporte pasaportes cedula dpi dui documentos papeles citizen citizenship nacionalidad".split()
)
_OWN = frozenset("mi mis my our nuestro nuestros".split())
_LIVING_THERE = frozenset("in en living working viviendo trabajando".split())
_NOT_A_PERSON_AFTER = frozenset(
    "restaurant food store company law laws government border boss owner patron dollar dollars peso pesos market police"
    " lawyer manager supervisor foreman family lady employer contractor migration immigration side republic music"
    " bakery".split()
)


def _text(words: Sequence[str]) -> str:
    return " ".join(words[-9:])


def place_cue_before(before: Sequence[str]) -> bool:
    """Return whether the last words before a name announce a place."""
    return bool(_PLACE_CUE.search(_text(before)))


def role_before(before: Sequence[str], *, country: bool = True, destination: bool = False) -> Role | None:
    """Return whether the words before a place make it the place of work or of origin, None when they do not say.

    Args:
        before: The words before the name, folded.
        country: Whether the name is a country: "el consulado de Guatemala" is Guatemala's, that "de Tapachula" lies there.
        destination: Whether it is the United States or Canada: "me mandaron a Canadá" is no return.

    >>> role_before("soy de".split()), role_before("ando en".split()), role_before([])
    ('home', 'work', None)
    """
    text = _text(before)
    if _CONSULATE_OF.search(text):
        return _role_of_a_post(country=country, destination=destination)
    if _CALLING_FROM.search(text):
        return "work"
    if text in _BARE_ORIGIN or _ORIGIN.search(text):
        return "home"
    if _RETURN.search(text) or (_FAMILY_THERE.search(text) and not _NOT_AT_HOME.search(text)):
        return "work" if destination else "home"
    return "work" if _WORK.search(text) else None


def _role_of_a_post(*, country: bool, destination: bool) -> Role | None:
    if not country:
        return "work"
    return None if destination else "home"


def names_a_post(after: Sequence[str]) -> bool:
    """Return whether a country's name is part of its consulate's or passport's: "nearest Nicaragua consulate"."""
    return bool(after) and (after[0] in _POSTS or after[0] == "passport")


def names_no_person(before: Sequence[str], after: Sequence[str], *, self_only: bool) -> bool:
    """Return whether a nationality is not the writer's own or a relative's: the employer's, a dish's, some third person's.

    A wrong consulate is worse than one more question: a nationality counts only where the words around it say whose it is.
    `self_only` asks for words such as *soy* or *I am* before it.
    """
    text = _text(before)
    following = after[0] if after else ""
    if not self_only and (following in _POSTS or (before and before[-1] in _POSTS)):
        return False
    if _I_AM_ONE.search(text) or _has_own_papers(before, following):
        return False
    if following in _NOT_A_PERSON_AFTER:
        return True
    if _FOR_ONE.search(text):
        return False
    if self_only:
        return bool(before) or following not in _LIVING_THERE
    return not (_opens(before, following) or _RELATIVE.search(text) or _says_we(before, after))


def _opens(before: Sequence[str], following: str) -> bool:
    """Return whether the writer begins with it: "nica en Belice", "¿Un hondureño puede …", not "un tico me contrató"."""
    if before and before[-1] in ("un", "una"):
        return following in _LIVING_THERE or following in ("puede", "tiene")
    return _OPENING.issuperset(before)


def _has_own_papers(before: Sequence[str], following: str) -> bool:
    """Return whether it is "el pasaporte salvadoreño", "my Guatemalan papers", not "los de cédula tica"."""
    recent = before[-3:]
    if recent[-1:] == ["pasaporte"] or following == "passport":
        return True
    return (following in _PAPERS or any(word in _PAPERS for word in recent)) and any(word in _OWN for word in recent)


def _says_we(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether the writer is one of them: "a los chapines nos pagan", "los nicas trabajamos"."""
    among = bool(before) and before[-1] in ("los", "las")
    return among and any(word == "nos" or (word.endswith("mos") and len(word) > 4) for word in after[:4])
