"""Slots: small articles whose events are given by their sentences, and what fills them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest

import extractor
from extractor.loading import Knowledge, load
from extractor.match.context import Context
from extractor.match.parsed import parse
from extractor.stages.names import find_names
from extractor.stages.periods import find_periods
from extractor.stages.places import find_places
from extractor.stages.sentences import split_sentences
from extractor.stages.slots import fill_slots
from extractor.types import (
    Article,
    Event,
    Figure,
    Kind,
    Lang,
    Number,
    Quantity,
    Script,
    Span,
    Status,
    Zone,
)


@cache
def knowledge() -> Knowledge:
    return load()


@dataclass(frozen=True)
class Count:
    """A figure of a test: the words that it is, and the event that it measures, if any."""

    words: str
    event: str = "e1"
    kind: Kind = "recipients"
    status: Status | None = None
    unit: str = "person"


def fill(lang: Lang, text: str, *counts: Count, published: str | None = None) -> dict[str, Event]:
    """A headline, an empty line and the body, with its figures → events by id."""
    know = knowledge()
    title = text.index("\n")
    script: Script = "Latn" if lang == "en" else "Cyrl"
    zones = [
        Zone(Span(0, title), "headline", lang, script),
        Zone(Span(title, len(text)), "body", lang, script),
    ]
    sentences = split_sentences(
        Article("test", text), zones, know.languages, lambda z: know.folding(z, None)
    )
    parsed = [parse(sentence, know.languages[lang]) for sentence in sentences]
    figures = []
    for number, count in enumerate(counts, 1):
        start = text.index(count.words)
        span = Span(start, start + len(count.words))
        index = next(s.index for s in sentences if s.span.covers(span))
        value = Number(span, Decimal(1), 0, 0, "test")
        quantity = Quantity(span, index, value, "exact", None, None)
        figures.append(
            Figure(f"f{number}", quantity, count.kind, count.unit, None, (), "total", count.status)
        )
    events = []
    for name in dict.fromkeys(count.event for count in counts if count.event):
        own = [f for f, count in zip(figures, counts, strict=True) if count.event == name]
        places = tuple(sorted({figure.sentence for figure in own}))
        events.append(Event(name, tuple(f.id for f in own), (), sentences=places))
    mentions = (
        *find_names(parsed, text),
        *find_places(sentences, [p.hits for p in parsed], know.places),
        *find_periods(sentences, published, know.dates),
    )
    filled = fill_slots(Context(parsed, [f.quantity for f in figures]), events, mentions, figures)
    return {event.id: event for event in filled}


def givers(event: Event) -> list[str]:
    return [mention.text for mention in event.providers]


def places(event: Event) -> list[str]:
    return [mention.text for mention in event.places]


# -- who -----------------------------------------------------------------------------------


def test_a_sentence_without_a_giver_takes_that_of_the_lead() -> None:
    text = (
        "Фонд «Ақ тілек» помог школам Павлодара\n\n"
        "Фонд «Ақ тілек» передал школам 300 парт.\n\nТакже куплено 200 досок."
    )
    events = fill("ru", text, Count("300 парт"), Count("200 досок", "e2"))
    assert givers(events["e1"]) == ["Фонд «Ақ тілек»"]
    assert givers(events["e2"]) == ["Фонд «Ақ тілек»"]


def test_each_of_two_givers_in_a_sentence_has_its_own_event() -> None:
    text = (
        "Малынан айырылғандарға жем берілді\n\n"
        "«Көмір» серіктестігі 80 тонна көмір түсіріп берсе, "
        "«Бәйтерек» шаруа қожалығы 200 орам шөп үлестірді."
    )
    events = fill("kk", text, Count("80 тонна"), Count("200 орам", "e2"))
    assert givers(events["e1"]) == ["«Көмір» серіктестігі"]
    assert givers(events["e2"]) == ["«Бәйтерек» шаруа қожалығы"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        # a crowd of the headline gives way to the body that acts right behind
        (
            "Горняки помогли школе\n\nЕсть 24 тонны угля. Его оплатил комбинат «Рудный Хребет».",
            ["комбинат «Рудный Хребет»"],
        ),
        # a person gives in the sentence after his own
        (
            "Добрые дела\n\nУголь подарил Ермек Садыков. Всего привезли 24 тонны угля.",
            ["Ермек Садыков"],
        ),
        # a name of the headline in another case is the same
        (
            "Уголь от «Баркада»\n\nТОО «Баркад» подарило школе 24 тонны угля.",
            ["ТОО «Баркад»"],
        ),
    ],
)
def test_who_is_near_in_russian(text: str, given: list[str]) -> None:
    assert givers(fill("ru", text, Count("24 тонны"))["e1"]) == given


@pytest.mark.parametrize(
    "body",
    [
        "Фонд «Ақ тілек» передал школе 24 тонны угля. Завод «Белый Утёс» перечислил 9 млн тенге.",
        "Фонд «Ақ тілек» передал 24 тонны угля, а завод «Белый Утёс» перечислил 9 млн тенге.",
    ],
)
def test_what_two_bodies_give_is_told_apart(body: str) -> None:
    record = extractor.extract(f"Помощь пострадавшим\n\n{body}")
    assert [[p.text for p in event.providers] for event in record.events] == [
        ["Фонд «Ақ тілек»"],
        ["завод «Белый Утёс»" if ", а" in body else "Завод «Белый Утёс»"],
    ]


def test_a_bare_noun_is_written_out() -> None:
    text = (
        "Школьникам раздали ранцы\n\nАкцию начал фонд «Ақ тілек». За неделю фонд раздал 300 ранцев."
    )
    assert givers(fill("ru", text, Count("300 ранцев"))["e1"]) == ["фонд «Ақ тілек»"]


def test_volunteers_give_for_the_body_that_sent_them() -> None:
    text = (
        "«Жаңа жол» партиясы көмек таратты\n\n"
        "«Жаңа жол» партиясы акция өткізді.\n\nЕріктілер 300 себет таратты."
    )
    assert givers(fill("kk", text, Count("300 себет"))["e1"]) == ["«Жаңа жол» партиясы"]


def test_counted_volunteers_are_no_givers() -> None:
    text = "Volunteers gather aid\n\nIn Aktobe 8,500 volunteers help. Volunteers collect food."
    event = fill("en", text, Count("8,500 volunteers", kind="volunteers"))["e1"]
    assert givers(event) == []


def test_a_signed_report_is_about_its_author() -> None:
    text = (
        "Our report for August\n\nAigerim Foundation, 2 September 2021\n\n"
        "We handed over 312 kits. Halyk Bank added seven tablets."
    )
    events = fill("en", text, Count("312 kits"), Count("seven tablets", "e2"))
    assert givers(events["e1"]) == ["Aigerim Foundation"]
    assert givers(events["e2"]) == ["Aigerim Foundation", "Halyk Bank"]


def test_who_speaks_gives_nothing() -> None:
    text = (
        "Семьям выдали уголь\n\nУголь получили 200 семей, сообщает пресс-служба акимата Павлодара."
    )
    assert givers(fill("ru", text, Count("200 семей"))["e1"]) == []


def test_a_person_taken_up_by_a_pronoun_gives() -> None:
    told = "Помощь\n\nМеценат Ермек Садыков живет в Таразе. Теперь он подарил 5 квартир."
    assert givers(fill("ru", told, Count("5 квартир"))["e1"]) == ["Ермек Садыков"]


def test_the_sentence_behind_may_name_the_givers() -> None:
    text = (
        "200 children get school bags\n\n"
        "In Astana 200 children were given bags. The Council of Mothers and the Assembly of the "
        "People of Kazakhstan helped to hold the event."
    )
    assert givers(fill("en", text, Count("200 children were"))["e1"]) == [
        "Council of Mothers",
        "Assembly of the People of Kazakhstan",
    ]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Баспананы «Көк Тас» зауыты салдырған.", ["«Көк Тас» зауыты"]),
        (
            "Ота құнын Айгүл Сапарова өтеген. Жол шығынын «Көк Тас» қоры көтерді.",
            ["Айгүл Сапарова", "«Көк Тас» қоры"],
        ),
        ("Қуанышты қор өкілі жасырмады.", []),
    ],
)
def test_sentences_behind_take_up_what_was_given(body: str, named: list[str]) -> None:
    text = f"Жаңа үй\n\nЖеті отбасы баспана алды. {body}"
    assert givers(fill("kk", text, Count("Жеті отбасы"))["e1"]) == named


@pytest.mark.parametrize(
    ("lang", "text", "count", "giver"),
    [
        (
            "ru",
            (
                "Отчет за год\n\nОб итогах рассказал директор фонда «Ақ тілек».\n\n"
                "Уголь получили 90 семей."
            ),
            "90 семей",
            ["фонда «Ақ тілек»"],
        ),
        (
            "kk",
            "Жыл есебі\n\n«Ақ тілек» қорының директоры сұхбат берді.\n\n90 отбасы көмір алды.",
            "90 отбасы",
            ["«Ақ тілек» қоры"],
        ),
        (
            "en",
            (
                "Report of the year\n\nThe director of the Aigerim Foundation spoke.\n\n"
                "90 families received coal."
            ),
            "90 families",
            ["Aigerim Foundation"],
        ),
    ],
)
def test_a_fund_that_an_article_is_about_gives(
    lang: Lang, text: str, count: str, giver: list[str]
) -> None:
    assert givers(fill(lang, text, Count(count))["e1"]) == giver
    assert givers(fill(lang, text, Count(count, kind="affected"))["e1"]) == []


@pytest.mark.parametrize(
    ("lang", "text", "count", "giver"),
    [
        (
            "kk",
            "Төлем\n\nҚала әкімдігінің мәліметінше, онда 90 қарт бар. Төлемді 80 отбасы алды.",
            "80 отбасы",
            ["Қала әкімдігі"],
        ),
        (
            "ru",
            "Выплаты начались\n\nПомощь назначена 90 семьям, сообщили в управлении занятости.",
            "90 семьям",
            ["управлении занятости"],
        ),
        (
            "en",
            "Payments have begun\n\nAid was paid to 90 families, the district administration said.",
            "90 families",
            ["district administration"],
        ),
    ],
)
def test_a_body_of_the_state_that_tells_of_payments_in_the_lead_pays(
    lang: Lang, text: str, count: str, giver: list[str]
) -> None:
    assert givers(fill(lang, text, Count(count, unit="family"))["e1"]) == giver
    assert givers(fill(lang, text, Count(count))["e1"]) == []


@pytest.mark.parametrize(
    ("lang", "text", "count", "giver"),
    [
        (
            "kk",
            "Балалар жиһаз алды\n\nҚосымша 90 бала орындық алды. Оны «Көк Тас» ЖШС сыйлады.",
            "90 бала",
            ["«Көк Тас» ЖШС"],
        ),
        (
            "ru",
            "Дети получили парты\n\nСтолы получили 90 детей. Их подарило ТОО «Көк Тас».",
            "90 детей",
            ["ТОО «Көк Тас»"],
        ),
        (
            "ru",
            (
                "Уголь для сёл\n\nАкцию проводит фонд «Ақ тас», помогает ему ассоциация «Тірек»."
                "\n\nУголь получат 90 семей."
            ),
            "90 семей",
            ["фонд «Ақ тас»", "ассоциация «Тірек»"],
        ),
    ],
)
def test_who_acts_right_behind_or_beside_the_main_giver(
    lang: Lang, text: str, count: str, giver: list[str]
) -> None:
    assert givers(fill(lang, text, Count(count))["e1"]) == giver


# -- under which name ----------------------------------------------------------------------


def test_a_campaign_of_the_lead_names_what_follows() -> None:
    text = (
        "Мектепке дайындық\n\n«Мейірім» қоры «Мектепке жол» акциясын бастады.\n\n"
        "Қор 300 сөмке таратты.\n\n«Қара тас» кенішінің ұжымы 40 планшет сыйлады."
    )
    events = fill("kk", text, Count("300 сөмке"), Count("40 планшет", "e2"))
    assert events["e1"].campaign is not None
    assert events["e1"].campaign.text == "Мектепке жол"
    assert events["e2"].campaign is None


@pytest.mark.parametrize(
    ("lang", "text", "counts"),
    [
        (
            "ru",
            (
                "Ранцы школьникам\n\nИдет акция «Ақ қадам». Роздано 300 ранцев.\n\n"
                "Кроме того, куплено 40 коров."
            ),
            ("300 ранцев", "40 коров"),
        ),
        (
            "kk",
            (
                "Балаларға сөмке\n\n«Ақ қадам» акциясы өтті. 300 сөмке таратылды.\n\n"
                "Бұдан бөлек 40 сиыр сатып алынды."
            ),
            ("300 сөмке", "40 сиыр"),
        ),
        (
            "en",
            (
                'Bags for pupils\n\nThe "White Step" campaign is on. 300 bags were given.\n\n'
                "In addition, 40 cows were bought."
            ),
            ("300 bags", "40 cows"),
        ),
    ],
)
def test_what_is_added_is_another_matter(lang: Lang, text: str, counts: tuple[str, str]) -> None:
    events = fill(lang, text, Count(counts[0]), Count(counts[1], "e2", kind="goods"))
    assert events["e1"].campaign is not None
    assert events["e2"].campaign is None


def test_a_campaign_of_the_headline_is_that_of_all_who_join() -> None:
    text = (
        "«Ақ қадам»: сельских детей собирают в школу\n\nАкция «Ақ қадам» идет с августа.\n\n"
        "ТОО «Көк Тас» купило 300 ранцев.\n\nЗавод «Тирек» подарил 40 парт."
    )
    events = fill("ru", text, Count("300 ранцев"), Count("40 парт", "e2"))
    names = [event.campaign.text for event in events.values() if event.campaign is not None]
    assert names == ["Ақ қадам", "Ақ қадам"]


# -- where ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "count", "codes", "named"),
    [
        (
            "ru",
            "Помощь Актюбинской области\n\nИз Мангистауской области в Актобе пришло 35 машин.",
            "35 машин",
            ("KZ-15",),
            ["Актобе"],
        ),
        (
            "ru",
            "В Украину отправлен груз\n\nИз Алматы отправлено 20 тонн груза.",
            "20 тонн",
            ("UA",),
            [],
        ),
        (
            "kk",
            "Украинаға көмек жіберілді\n\nНұр-Сұлтаннан 20 тонна жүк жіберілді.",
            "20 тонна",
            ("UA",),
            [],
        ),
        (
            "en",
            "Aid for Ukraine\n\nTwo trucks set off from Astana with 40 tons of aid.",
            "40 tons",
            ("UA",),
            [],
        ),
        (
            "ru",
            "Уголь для сел\n\nВ Зерендинском районе Акмолинской области уголь дали 400 семьям.",
            "400 семьям",
            ("KZ-11",),
            ["Зерендинском районе"],
        ),
        (
            "kk",
            "Көмір таратылды\n\nАқмола облысының Зеренді ауданында 400 отбасы отын алды.",
            "400 отбасы",
            ("KZ-11",),
            ["Зеренді"],
        ),
        (
            "kk",
            "Елордада себет таратылды\n\nНұр-Сұлтанда акция өтті. Елордада 300 отбасы алды.",
            "300 отбасы",
            ("KZ-71",),
            ["Нұр-Сұлтан"],
        ),
        (
            "ru",
            "Собрана помощь\n\nПо всей стране помощь собирают 300 пунктов.",
            "300 пунктов",
            ("KZ",),
            [],
        ),
        (
            "en",
            "Volunteers gather aid\n\nASTANA – Across the country 500 tons of aid were gathered.",
            "500 tons",
            ("KZ",),
            [],
        ),
        (
            "ru",
            "Помощь школе Шымкента\n\nШколе перечислили 500 долларов США.",
            "500 долларов",
            ("KZ-79",),
            ["Шымкента"],
        ),
        # Givers at home elsewhere, and places on the way.
        (
            "ru",
            "Паводок в Кульсары\n\nПредприниматели Тараза привезли 40 палаток.",
            "40 палаток",
            ("KZ-23",),
            ["Кульсары"],
        ),
        (
            "kk",
            "Құлсарыда су тасқыны\n\nТараз кәсіпкерлері 40 шатыр жеткізді.",
            "40 шатыр",
            ("KZ-23",),
            ["Құлсары"],
        ),
        (
            "en",
            "Floods in Kulsary\n\nFarmers of Taraz sent 40 tents.",
            "40 tents",
            ("KZ-23",),
            ["Kulsary"],
        ),
        (
            "en",
            "Aid for Ukraine\n\n40 tents went through Aktau.",
            "40 tents",
            ("UA",),
            [],
        ),
        (
            "ru",
            "Добрые дела недели\n\nЖители Тараза собрали 3 млн тенге.",
            "3 млн",
            ("KZ-31",),
            ["Тараза"],
        ),
        (
            "kk",
            "Құлсарыда су тасқыны\n\nКөршілес Жамбыл облысы 40 шатыр жіберді.",
            "40 шатыр",
            ("KZ-23",),
            ["Құлсары"],
        ),
        (
            "ru",
            "Паводок в Кульсары\n\nСоседняя Мангистауская область прислала 40 палаток.",
            "40 палаток",
            ("KZ-23",),
            ["Кульсары"],
        ),
        (
            "en",
            "Floods in Kulsary\n\nThe neighboring Mangystau Region sent 40 tents.",
            "40 tents",
            ("KZ-23",),
            ["Kulsary"],
        ),
        # The whole country, by the headline or by the sentence before.
        (
            "ru",
            "Паводки в Казахстане: сводка\n\nПомощь получили 90 семей.\n\nВода идёт к Кульсары.",
            "90 семей",
            ("KZ",),
            [],
        ),
        (
            "en",
            (
                "How schools get ready\n\nA nationwide campaign began. "
                "Bags went to 90 children.\n\nIn Taraz it was cold."
            ),
            "90 children",
            ("KZ",),
            [],
        ),
        # The body tells the town in full; the regional centre stands for no event of the region.
        (
            "kk",
            "Құлсарыда жылу тарату\n\nҚұлсары қаласында науқан өтті.\n\n90 отбасы көмір алды.",
            "90 отбасы",
            ("KZ-23",),
            ["Құлсары"],
        ),
        (
            "ru",
            "Кокшетау: итоги акции\n\nВ Акмолинской области прошла акция.\n\nУголь дали 90 семьям.",
            "90 семьям",
            ("KZ-11",),
            [],
        ),
        (
            "en",
            "Coal for Atbasar\n\nAtbasar's 90 families were given coal.",
            "90 families",
            ("KZ-11",),
            ["Atbasar"],
        ),
        # Where the news was written is not where the aid goes.
        (
            "en",
            "Wheelchairs handed over\n\nTaraz, 8 May 2020\n\nIn Aktau 40 chairs were given.",
            "40 chairs",
            ("KZ-47",),
            ["Aktau"],
        ),
        (
            "ru",
            "Итоги акции\n\nТараз, 8 мая 2020 года. В Актау прошла акция.\n\nДано 40 парт.",
            "40 парт",
            ("KZ-47",),
            ["Актау"],
        ),
        (
            "kk",
            "Акция өтті\n\nТараз, 8 мамыр 2020 жыл. Ақтауда акция өтті.\n\n40 парта берілді.",
            "40 парта",
            ("KZ-47",),
            ["Ақтау"],
        ),
        # Nor is where things are made or stored, or where somebody was in passing.
        (
            "en",
            "Aid for Aktau\n\nThe 40 chairs had been manufactured in Poland.",
            "40 chairs",
            ("KZ-47",),
            ["Aktau"],
        ),
        (
            "ru",
            "Помощь Актау\n\nНа складе в Таразе лежит ещё 40 палаток.",
            "40 палаток",
            ("KZ-47",),
            ["Актау"],
        ),
        (
            "kk",
            "Ақтауға көмек келді\n\nҚытайда жасалған 40 шатыр берілді.",
            "40 шатыр",
            ("KZ-47",),
            ["Ақтау"],
        ),
        (
            "ru",
            "Спасибо людям\n\nЯ мама Али из Актау. Сын лечился в Берлине.\n\nСобрали 3 млн.",
            "3 млн",
            ("KZ-47",),
            ["Актау"],
        ),
        # Where its receiver comes from is; a businessman from somewhere gives.
        (
            "en",
            "Surgery for all\n\nDoctors helped 40 children with poor sight from Taraz.",
            "40 children",
            ("KZ-31",),
            ["Taraz"],
        ),
        (
            "ru",
            "Операции по квоте\n\nПомощь получили 40 детей из Тараза.",
            "40 детей",
            ("KZ-31",),
            ["Тараза"],
        ),
        (
            "ru",
            "Паводок в Кульсары\n\nПредприниматель из Тараза отдал 40 палаток.",
            "40 палаток",
            ("KZ-23",),
            ["Кульсары"],
        ),
        # The case of a list is that of its last, and of a place that of what it owns.
        (
            "kk",
            "Себет таратылды\n\nЖаңақорған, Шиелі аудандарында 40 себет берілді.",
            "40 себет",
            ("KZ-43",),
            ["Жаңақорған", "Шиелі"],
        ),
        (
            "kk",
            "Көмек келді\n\nТараз шаруалары Ақтау стансасына 40 вагон шөп жіберді.",
            "40 вагон",
            ("KZ-47",),
            ["Ақтау"],
        ),
        (
            "ru",
            "Помощь соседям\n\nКазахстан передаст Кыргызстану 40 тонн мяса.",
            "40 тонн",
            ("KG",),
            [],
        ),
        # The regions of one list in the lead are what follows is about.
        (
            "ru",
            "Сводка\n\nВода в Акмолинской и Костанайской областях.\n\nДано 90 палаток.",
            "90 палаток",
            ("KZ-11", "KZ-39"),
            [],
        ),
        (
            "kk",
            "Жедел ақпарат\n\nАқмола мен Қостанай облыстарында су.\n\n90 шатыр берілді.",
            "90 шатыр",
            ("KZ-11", "KZ-39"),
            [],
        ),
        (
            "en",
            "Update\n\nWater stands in the Akmola and Kostanay regions.\n\n90 tents were given.",
            "90 tents",
            ("KZ-11", "KZ-39"),
            [],
        ),
        ("ru", "Помощь школам\n\nСемьям выдано 90 ранцев.", "90 ранцев", (), []),
        # where the giver is at home, the aid is not, if it is told of another town
        (
            "kk",
            "Күршімге шөп жетті\n\nКүршімде су.\n\nСамар ауданының шаруалары 90 бума шөп берді.",
            "90 бума",
            ("KZ-63",),
            ["Күршім"],
        ),
        (
            "kk",
            "Күршімге шөп жетті\n\nКүршімде су.\n\nӨскемендегі «Көк Тас» ЖШС 90 тонна жем берді.",
            "90 тонна",
            ("KZ-63",),
            ["Күршім"],
        ),
        (
            "ru",
            "Помощь Монголии\n\nДля аймака Говь-Алтай отправили 20 тонн муки.",
            "20 тонн",
            ("MN",),
            ["Говь-Алтай"],
        ),
        (
            "en",
            "Aid to Mongolia\n\nIn Khovd and Bulgan aimags 300 families got flour.",
            "300 families",
            ("MN",),
            ["Khovd", "Bulgan"],
        ),
        # where a giver is, right before its name; where a load is stored in the end
        (
            "kk",
            "Шымкентте көмек\n\nТеміртаудағы «Көк Тас» ЖШС Шымкенттегі 90 отбасыға жем берді.",
            "90 отбасыға",
            ("KZ-79",),
            ["Шымкент"],
        ),
        (
            "kk",
            "Көмек жетті\n\n90 тонна жүк Теміртау қаласындағы қоймаға жеткізілді.",
            "90 тонна",
            ("KZ-35",),
            ["Теміртау"],
        ),
        # the whole country: of the lead, of the sentence itself, of many regions
        (
            "kk",
            (
                "Себет таратылды\n\nҚор ел бойынша 90 себет берді.\n\nКиімді 80 үй алды."
                "\n\nТаразда 7 үй."
            ),
            "80 үй",
            ("KZ",),
            [],
        ),
        (
            "kk",
            "Үйлер\n\nҚазақстанда 90 отбасы үй алды.\n\nАтырау облысында жұмыс жүріп жатыр.",
            "90 отбасы",
            ("KZ",),
            [],
        ),
        (
            "en",
            (
                "Homes are given\n\nIn Kazakhstan 900 houses stand.\n\nCash went to 90 families."
                "\n\nHomes stand in Atyrau region."
            ),
            "90 families",
            ("KZ",),
            [],
        ),
        (
            "ru",
            (
                "Жильё после паводка\n\nВыплаты получили 90 семей.\n\nДома строят в "
                "Костанайской, Акмолинской, Актюбинской и Атырауской областях."
            ),
            "90 семей",
            ("KZ",),
            [],
        ),
        # a desk says nothing
        ("en", "Aid is given\n\nASTANA – Aid went to 90 families.", "90 families", (), []),
        # whose volunteers they are, beside where it goes
        (
            "ru",
            (
                "Сено доставят до Мангистау\n\nСено собрали волонтёры Туркестанской области, "
                "поедет оно в Мангистаускую область. Из Сарыагаша ушли 90 вагонов."
            ),
            "90 вагонов",
            ("KZ-47",),
            [],
        ),
        # who sends it, and where to
        (
            "ru",
            "Помощь\n\nФермеры Зерендинского района отправили в Атыраускую область 90 тюков сена.",
            "90 тюков сена",
            ("KZ-23",),
            [],
        ),
        # whose they are, and the desk, where nothing else says where
        (
            "ru",
            "Помощь\n\nЭкибастузским школьникам вручили 90 ранцев.",
            "90 ранцев",
            ("KZ-55",),
            [],
        ),
        ("ru", "Помощь\n\nАлматинские волонтеры раздали 90 обедов.", "90 обедов", ("KZ-75",), []),
        ("ru", "Помощь\n\nТАРАЗ. Волонтеры раздали 90 обедов.", "90 обедов", ("KZ-31",), ["ТАРАЗ"]),
    ],
)
def test_where(lang: Lang, text: str, count: str, codes: tuple[str, ...], named: list[str]) -> None:
    event = fill(lang, text, Count(count))["e1"]
    assert event.locations == codes
    assert places(event) == named


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("kk", "Қор есебі\n\n– 20 отбасы ұн алды;\n– 30 бала Бурабайда демалды.", "20 отбасы"),
        ("ru", "Отчёт\n\n– 20 семей получили муку;\n– 30 детей отдохнули в Щучинске.", "20 семей"),
        ("en", "Report\n\n- 20 families got flour\n- 30 children rested in Burabay", "20 families"),
    ],
)
def test_a_line_of_a_list_lends_its_place_to_no_other(lang: Lang, text: str, count: str) -> None:
    assert fill(lang, text, Count(count))["e1"].locations == ()


def test_a_sentence_without_a_place_takes_the_one_before_then_the_main_one() -> None:
    text = (
        "Паводок в Актюбинской области\n\n"
        "В Хромтау раздали 30 палаток. Роздано 200 одеял.\n\nВыплаты получили 90 семей."
    )
    events = fill(
        "ru", text, Count("30 палаток"), Count("200 одеял", "e2"), Count("90 семей", "e3")
    )
    assert places(events["e2"]) == ["Хромтау"]
    assert events["e3"].locations == ("KZ-15",)
    assert places(events["e3"]) == []


@pytest.mark.parametrize(
    ("lang", "text", "counts", "codes"),
    [
        (
            "ru",
            (
                "Добрые дела: от Актау до Тараза\n\nАКТАУ. Школе дали 40 парт.\n\n"
                "ТАРАЗ. Куплено 50 кроватей."
            ),
            ("40 парт", "50 кроватей"),
            ("KZ-47", "KZ-31"),
        ),
        (
            "kk",
            "Аймақтар тынысы\n\nАҚТАУ. Мектепке 40 парта берілді.\n\nТАРАЗ. 50 төсек алынды.",
            ("40 парта", "50 төсек"),
            ("KZ-47", "KZ-31"),
        ),
        (
            "en",
            (
                "News from the regions\n\n- Mangystau region. A school got 40 desks.\n\n"
                "- Zhambyl region. The clinic got 50 beds."
            ),
            ("40 desks", "50 beds"),
            ("KZ-47", "KZ-31"),
        ),
        # A place on a line of its own stands over the lines that follow.
        (
            "ru",
            "Что дано\n\nАКТАУ\n\n• в школы отдано 40 парт\n\nТАРАЗ\n\n• роздано бедным 50 корзин",
            ("40 парт", "50 корзин"),
            ("KZ-47", "KZ-31"),
        ),
        (
            "kk",
            "Кім не берді\n\nАҚТАУ\n\n• мектепке 40 парта келді\n\nТАРАЗ\n\n• елге 50 себет келді",
            ("40 парта", "50 себет"),
            ("KZ-47", "KZ-31"),
        ),
        (
            "en",
            "Who gave what\n\nAktau\n\n• schools got 40 desks\n\nTaraz\n\n• people got 50 beds",
            ("40 desks", "50 beds"),
            ("KZ-47", "KZ-31"),
        ),
    ],
)
def test_each_part_of_a_round_up_has_its_place(
    lang: Lang, text: str, counts: tuple[str, str], codes: tuple[str, str]
) -> None:
    events = fill(lang, text, Count(counts[0]), Count(counts[1], "e2"))
    assert (events["e1"].locations, events["e2"].locations) == ((codes[0],), (codes[1],))


# -- when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "count", "period"),
    [
        ("ru", "Помощь\n\n2 мая семьям передали 30 наборов.", "30 наборов", "2022-05-02"),
        ("kk", "Көмек\n\n2 мамырда 30 жиынтық берілді.", "30 жиынтық", "2022-05-02"),
        ("en", "Aid\n\nOn 2 May 30 kits were given.", "30 kits", "2022-05-02"),
        (
            "en",
            "Aid\n\nTwo trucks left on April 11 and arrived on April 28.",
            "Two trucks",
            "2022-04-11/2022-04-28",
        ),
        ("ru", "Помощь\n\nВыплаты охватят 90 семей до конца мая.", "90 семей", "../2022-05-31"),
        (
            "en",
            "Aid\n\nIn the summer of 2021 we reached 500 children.",
            "500 children",
            "2021-06/2021-08",
        ),
        (
            "ru",
            "Сводка\n\nДанные приведены по состоянию на 11 апреля.\n\nРоздано 30 палаток.",
            "30 палаток",
            "../2022-04-11",
        ),
        (
            "ru",
            "Отчет\n\nС 1 по 20 апреля шла акция.\n\nРоздано 30 палаток.",
            "30 палаток",
            "2022-04-01/2022-04-20",
        ),
        ("en", "Aid\n\nTents were handed over to 30 families.", "30 families", None),
        # What was reached by a day, and the day on which it was told.
        ("ru", "Помощь\n\nНа 2 мая выплаты получили 90 семей.", "90 семей", "../2022-05-02"),
        ("ru", "Помощь\n\nК понедельнику выплаты дошли до 90 семей.", "90 семей", "../2022-05-09"),
        (
            "kk",
            "Көмек\n\n2 мамырдағы дерек бойынша 90 отбасы көмек алды.",
            "90 отбасы",
            "../2022-05-02",
        ),
        ("kk", "Көмек\n\nБейсенбіге дейін 90 отбасы көмек алды.", "90 отбасы", "../2022-05-05"),
        (
            "en",
            "Aid\n\nTents were given to 30 families, the akim said on Friday.",
            "30 families",
            None,
        ),
        ("en", "Aid\n\nHe said that on 2 May 30 kits were given.", "30 kits", "2022-05-02"),
        (
            "ru",
            "Помощь\n\n30 наборов передали семьям, сообщил аким во вторник.",
            "30 наборов",
            None,
        ),
        # A day before the aid is that of the flood; since when the giver exists says nothing.
        ("ru", "Помощь\n\nПожар вспыхнул 2 мая.\n\nРоздано 30 палаток.", "30 палаток", None),
        ("kk", "Көмек\n\n2 мамырда тасқын болды.\n\n30 шатыр берілді.", "30 шатыр", None),
        ("en", "Aid\n\nThe fund works since 1999.\n\n30 tents were given.", "30 tents", None),
        # Since one day and until another.
        (
            "ru",
            "Помощь\n\nПо акции, стартовавшей 1 мая, помогли 90 семьям, и так до конца мая.",
            "90 семьям",
            "2022-05-01/2022-05-31",
        ),
        ("en", "Aid\n\nLast winter 30 kits were given.", "30 kits", "2021-12/2022-02"),
        ("en", "Aid\n\nSo far 30 kits were given.", "30 kits", None),
        # the days of a feast tell more than the feast
        (
            "kk",
            "Көмек\n\n2-4 мамырда тойланған Ораза айтта 30 отбасы ет алды.",
            "30 отбасы",
            "2022-05-02/2022-05-04",
        ),
        (
            "ru",
            "Помощь\n\nСо 2 по 4 мая, в Ораза айт, 30 семей получили мясо.",
            "30 семей",
            "2022-05-02/2022-05-04",
        ),
    ],
)
def test_when(lang: Lang, text: str, count: str, period: str | None) -> None:
    assert fill(lang, text, Count(count), published="2022-05-10")["e1"].period == period


def test_the_date_of_another_count_is_not_inherited() -> None:
    text = "Помощь\n\nВчера передали 30 палаток. Семьям выдано 200 одеял."
    events = fill("ru", text, Count("30 палаток"), Count("200 одеял", "e2"), published="2022-05-10")
    assert events["e1"].period == "2022-05-09"
    assert events["e2"].period is None


def test_what_is_planned_did_not_happen_yesterday() -> None:
    text = "Помощь\n\nВчера прошло совещание. Семьям передадут 200 одеял."
    event = fill("ru", text, Count("200 одеял", status="planned"), published="2022-05-10")["e1"]
    assert event.period is None


@pytest.mark.parametrize(
    ("lang", "text", "count", "period"),
    [
        (
            "ru",
            "Помощь\n\nАкция начнётся 15 мая. Еду получат 90 семей.",
            "90 семей",
            "2022-05-15/..",
        ),
        (
            "kk",
            "Көмек\n\nНауқан 15 мамырда басталады. 90 отбасы алады.",
            "90 отбасы",
            "2022-05-15/..",
        ),
        (
            "en",
            "Aid\n\nThe drive begins on 15 May. 90 families will eat.",
            "90 families",
            "2022-05-15/..",
        ),
    ],
)
def test_a_plan_keeps_to_the_day_that_the_sentence_before_sets(
    lang: Lang, text: str, count: str, period: str
) -> None:
    event = fill(lang, text, Count(count, status="planned"), published="2022-05-10")["e1"]
    assert event.period == period


@pytest.mark.parametrize(
    ("lang", "text", "count", "period"),
    [
        # The sentence before says when; the count only goes on.
        ("ru", "Помощь\n\nВ среду пришёл вагон. В нём 30 палаток.", "30 палаток", "2022-05-04"),
        ("kk", "Көмек\n\n4 мамырда вагон келді. Онда 30 шатыр бар.", "30 шатыр", "2022-05-04"),
        ("en", "Aid\n\nA truck came on 4 May. It had 30 tents.", "30 tents", "2022-05-04"),
        # From paragraph to paragraph only the lead lends its day, if it tells of aid.
        (
            "en",
            "Aid\n\nA charity drive was held on 4 May.\n\n30 families were given tents.",
            "30 families",
            "2022-05-04",
        ),
        (
            "ru",
            "Помощь\n\n4 мая поезд доставил гуманитарную помощь.\n\nЭто 30 палаток.",
            "30 палаток",
            "2022-05-04",
        ),
        (
            "kk",
            "Көмек\n\n4 мамырда гуманитарлық көмек жіберілді.\n\nОнда 30 шатыр бар.",
            "30 шатыр",
            "2022-05-04",
        ),
        # What is counted up to a day goes on being counted.
        (
            "ru",
            "Сводка\n\nНа сегодня спасены 500 человек. Ими роздано 30 палаток.",
            "30 палаток",
            "../2022-05-10",
        ),
        # The day of the report, and that of the deed.
        (
            "en",
            "Aid\n\nASTANA, May 9, 2022 – On 4 May 30 tents were given.",
            "30 tents",
            "2022-05-04",
        ),
        ("en", "Aid\n\nASTANA, May 9, 2022 – 30 tents were given.", "30 tents", "2022-05-09"),
    ],
)
def test_the_day_that_was_told_before(lang: Lang, text: str, count: str, period: str) -> None:
    assert fill(lang, text, Count(count), published="2022-05-10")["e1"].period == period


def test_a_state_of_other_things_dates_only_what_is_close() -> None:
    text = "Сводка\n\nПо состоянию на 9 мая эвакуированы 500 человек. {}Роздано 30 палаток."
    counts = Count("500 человек", event=""), Count("30 палаток")
    near, far = text.format(""), text.format("Вода спадает. Дороги сохнут. ")
    assert fill("ru", near, *counts, published="2022-05-10")["e1"].period == "../2022-05-09"
    assert fill("ru", far, *counts, published="2022-05-10")["e1"].period is None


def test_figures_may_be_left_out() -> None:
    """Without figures all givers of the event's sentences count."""
    assert fill_slots(Context((), ()), (), ()) == ()


OTHERS = "Фонд «Ақ жол» привёз муку.\nФонд «Жаңа толқын» купил мебель.\n"
HOSPITAL = "\nФонд «Белый Утёс» передал больнице 20 аппаратов.\n"


@pytest.mark.parametrize(
    ("body", "giver"),
    [
        # one body gives: what follows is its work too
        ("Одеяла получили 300 семей.", ["Фонд «Белый Утёс»"]),
        # of three, none is the giver of what nobody is said to give
        (OTHERS + "Одеяла получили 300 семей.", []),
    ],
)
def test_of_many_givers_none_gives_everything(body: str, giver: list[str]) -> None:
    events = fill("ru", "Помощь больнице" + HOSPITAL + body, Count("300 семей"))
    assert [provider.text for provider in events["e1"].providers] == giver


def test_a_person_in_the_lead_gives_nothing_else() -> None:
    text = (
        "Помощь больнице\nАсан Беков передал больнице 20 аппаратов.\n\nОдеяла получили 300 семей."
    )
    assert fill("ru", text, Count("300 семей"))["e1"].providers == ()


def test_a_country_in_the_headline_gives_what_follows() -> None:
    text = "Kazakhstan sends aid to Kabul\nThe plane took off.\n\nTents went to 300 families."
    events = fill("en", text, Count("300 families"))
    assert [provider.text for provider in events["e1"].providers] == ["Kazakhstan"]


def test_where_aid_in_a_headline_comes_from_gives_what_follows() -> None:
    text = "Кабулға Қазақстаннан көмек жетті\nҰшақ қонды.\n\nШатырды 300 отбасы алды."
    events = fill("kk", text, Count("300 отбасы"))
    assert [provider.text for provider in events["e1"].providers] == ["Қазақстан"]


@pytest.mark.parametrize(
    ("lang", "text", "both"),
    [
        (
            "kk",
            "Көмек\n\n«Көк Тас» зауыты мен Ермек Садықов 300 отбасыға отын берді.",
            ["«Көк Тас» зауыты", "Ермек Садықов"],
        ),
        (
            "en",
            "Aid\n\nAsan Bekov and the Kok Tas foundation gave coal to 300 families.",
            ["Asan Bekov", "Kok Tas foundation"],
        ),
    ],
)
def test_a_person_gives_beside_a_body(lang: Lang, text: str, both: list[str]) -> None:
    count = "300 отбасыға" if lang == "kk" else "300 families"
    assert givers(fill(lang, text, Count(count))["e1"]) == both


def test_a_heading_says_whose_article_it_is() -> None:
    text = "«Көк Тас»: бір жылдың есебі\nМектеп жөнделді.\n\nКиім 300 балаға тиді."
    events = fill("kk", text, Count("300 балаға"))
    assert [provider.text for provider in events["e1"].providers] == ["Көк Тас"]


def test_a_campaign_goes_without_its_hash() -> None:
    text = "Волна #БізБіргеміз охватит 300 семей\nАкция «Біз Біргеміз» началась в мае."
    campaign = fill("ru", text, Count("300 семей"))["e1"].campaign
    assert campaign is not None and campaign.text == "Біз Біргеміз"


def test_an_abbreviation_with_its_ending_is_no_dateline() -> None:
    text = "Көмек жетті\n\nСҚО-да зардап шеккен 1200 отбасыға азық-түлік берілді."
    event = fill("kk", text, Count("1200 отбасыға"))["e1"]
    assert event.locations == ("KZ-59",)
