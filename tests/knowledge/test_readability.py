"""Plain text scores high, officialese low, in both languages."""

from __future__ import annotations

import pytest

from knowledge.readability import MEASURES, reading_ease

PLAIN = {
    "es": """Anote hoy los días y las horas. Guarde los mensajes y las fotos. Pida su pago por escrito. Un mensaje basta.
        Si no le pagan, llame a la oficina. La llamada es gratis. No le piden papeles. Vaya con un amigo si tiene miedo.
        Lleve agua y su libreta.""",
    "en": """Write down the days and the hours. Keep the texts and the photos. Ask for your pay in writing. A text will do.
        If they do not pay, call the office. The call is free. They do not ask for papers. Go with a friend if you are
        afraid. Take water and your notes.""",
}
HARD = {
    "es": """La inobservancia de las obligaciones patronales legalmente establecidas, debidamente constatada por la
        autoridad administrativa competente, ocasionará la correspondiente imposición de sanciones pecuniarias,
        independientemente de las responsabilidades indemnizatorias jurisdiccionalmente determinadas. Correlativamente,
        corresponderá instrumentar documentalmente los antecedentes probatorios debidamente individualizados.""",
    "en": """Noncompliance with statutory obligations incumbent upon the employer, once appropriately substantiated by the
        competent administrative authority, shall occasion the imposition of pecuniary sanctions, notwithstanding any
        compensatory responsibilities subsequently determined. Correspondingly, evidentiary documentation must be
        systematically substantiated by the aforementioned representatives.""",
}


def one_sentence_per_full_stop(text: str) -> str:
    """The text without the line breaks of this file."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", MEASURES)
def test_plain_text_passes_and_officialese_does_not(language: str) -> None:
    plain = reading_ease(one_sentence_per_full_stop(PLAIN[language]), language)
    hard = reading_ease(one_sentence_per_full_stop(HARD[language]), language)
    assert plain is not None
    assert hard is not None
    assert hard < MEASURES[language].wanted - 20
    assert plain > MEASURES[language].wanted + 10


def test_short_text_and_unmeasured_language_have_no_index() -> None:
    assert reading_ease("Pida su pago.", "es") is None
    assert reading_ease(PLAIN["es"], "fr") is None
