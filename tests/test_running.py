"""Waves of an action, and totals in their course: what the words of one article say."""

from __future__ import annotations

import pytest

import extractor


@pytest.mark.parametrize(
    ("text", "wave"),
    [
        ("«Қамқор» акциясының екінші толқыны аясында 500 отбасыға көмек берілді.", 2),
        ("Акцияның 3-ші кезеңінде 500 отбасыға көмек берілді.", 3),
        ("II кезеңде 500 отбасыға көмек берілді.", 2),
        ("Aktsııanyń ekinshi tolqynynda 500 otbasyǵa kómek berildi.", 2),
        ("В рамках второго этапа акции помощь получили 500 семей.", 2),
        ("На втором, более крупном этапе акции помощь получили 500 семей.", 2),
        ("During the first wave 500 families received food kits.", 1),
        ("In phase two 500 families received food kits.", 2),
        ("500 отбасыға көмек берілді.", None),
        ("Помощь окажут в два этапа: 500 семей получат продуктовые наборы.", None),
        ("В первую очередь помощь получили 500 семей.", None),
        ("The second group of 500 families received food kits.", None),
    ],
)
def test_the_wave_of_an_event(text: str, wave: int | None) -> None:
    record = extractor.extract(text)
    assert [event.wave for event in record.events] == [wave]


def test_each_event_has_the_wave_that_stands_before_it() -> None:
    text = (
        "Первая волна акции завершилась весной, тогда 500 семей получили продуктовые наборы.\n\n"
        "Во второй волне, осенью, 900 семей получили уголь."
    )
    record = extractor.extract(text)
    waves = {figure: event.wave for event in record.events for figure in event.figures}
    assert waves == {"f1": 1, "f2": 2}


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Қор тағы 500 отбасыға азық-түлік таратты.", ["increment"]),
        ("Қор қосымша 500 маска жеткізді.", ["increment"]),
        ("Бүгінгі таңда 500 отбасы көмек алды.", ["cumulative"]),
        ("Barlyǵy 500 otbasy kómek aldy.", ["cumulative"]),
        ("Фонд передал ещё порядка 500 наборов семьям.", ["increment"]),
        ("На сегодняшний день помощь получили 500 семей.", ["cumulative"]),
        ("Всего помощь получили 500 семей.", ["cumulative"]),
        ("The fund delivered another 500 hygiene kits to families.", ["increment"]),
        ("The fund delivered 500 more hygiene kits to families.", ["increment"]),
        ("So far 500 families have received aid.", ["cumulative"]),
        ("500 families received aid.", [None]),
        ("The fund gave each family another 5 kg of flour.", [None]),
    ],
)
def test_what_the_words_say_of_a_total(text: str, series: list[str | None]) -> None:
    record = extractor.extract(text)
    assert [figure.series for figure in record.figures] == series
