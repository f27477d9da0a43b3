"""Kinds of aid: small articles, and what their first event gives."""

from __future__ import annotations

from functools import cache

import pytest

import extractor
from extractor.loading import Knowledge


@cache
def knowledge() -> Knowledge:
    return extractor.load(ner="rules")


@pytest.mark.parametrize(
    ("text", "aid"),
    [
        # words tell, and what is supposed of money and of helpers gives way
        ("Фонд помог школе: на 1,5 млн тенге купили 90 комплектов учебников.", "education"),
        ("Қор мектепке көмектесті: 1,5 млн теңгеге 90 оқулық сатып алынды.", "education"),
        ("Aid came in: 30 volunteers handed out 400 blankets to refugees.", "non_food_items"),
        ("Волонтёры помогли: 30 добровольцев раздали 400 одеял.", "non_food_items"),
        # who works with machines helps with his hands
        (
            "На паводке работают 30 спасателей и 12 единиц техники.",
            "rescue_equipment services",
        ),
        ("Су тасқынында 30 құтқарушы мен 12 техника жұмыс істеуде.", "rescue_equipment services"),
        # a scholarship helps to learn, a loan is money
        ("Қор жетім 60 студентке шәкіртақы тағайындады.", "education"),
        ("Фонд назначил стипендии 60 студентам-сиротам.", "education"),
        ("The charity pays stipends to 60 orphaned students.", "education"),
        ("Көмек ретінде 200 отбасы шағын несие алды.", "cash"),
        ("Помощь бизнесу: 200 семей получили льготные микрокредиты.", "cash"),
        ("As aid, 200 families in need received soft loans.", "cash"),
        # one item, several kinds of aid
        ("Қор ауруханаға екі жедел жәрдем көлігін берді, бұл үлкен көмек.", "medical"),
        ("Фонд подарил больнице две машины скорой помощи.", "medical"),
        ("The charity donated two ambulances to the hospital.", "medical"),
        ("Кәсіпкер қайырымдылық ретінде мектепке екі автобус сыйлады.", "transport"),
        ("Меценат подарил интернату два автобуса.", "transport"),
        ("As aid, the foundation donated two minibuses to the orphanage.", "transport"),
        # operations, and help in word
        ("Қор 14 балаға тегін ота жасатты.", "medical"),
        ("Фонд оплатил реабилитацию 14 детей.", "medical"),
        ("The charity paid for the rehabilitation of 14 children.", "medical"),
        ("Зардап шеккен 90 адамға психологиялық қолдау көрсетілді.", "services"),
        ("Пострадавшим от паводка, 90 жителям, оказана психологическая поддержка.", "services"),
        ("Psychosocial support was given to 90 flood victims.", "services"),
        # who they are is not what they are given
        ("500 школьников едят бесплатно.", "food"),
        ("Бизнес курсын бітірген 40 мұқтаж жанға қайтарымсыз грант берілді.", "cash"),
        ("АӘК алатын 200 отбасыға көмір берілді.", "fuel"),
        ("200 семьям, получающим АСП, привезли уголь.", "fuel"),
        ("Coal was delivered to 200 families receiving targeted social assistance.", "fuel"),
        # a voucher is what it is for
        ("Ардагерлерге шипажайға 30 жолдама табысталды.", "medical"),
        ("Ветеранам вручили 30 путёвок в санаторий.", "medical"),
        ("30 veterans received vouchers for a health resort.", "medical"),
        # chopped wood is work
        ("Еріктілер 22 қарттың отынын жарып берді.", "services"),
        ("Волонтеры накололи дрова 22 старикам.", "services"),
        ("Volunteers shovelled snow for 30 elderly residents.", "services"),
        # a load that is weighed is mixed, carriers carry what is told
        ("Пострадавшим отправили 38 тонн гуманитарного груза: 150 палаток.", "humanitarian_cargo"),
        ("Kazakhstan sent 46 wagons of humanitarian aid: 900 tons of flour.", "food"),
        # doctors treat, wells are dug
        ("Зілзаладан кейін ауруханада 14 дәрігер жұмыс істеп жатыр.", "medical"),
        ("Меценат бесплатно пробурил для аула две скважины.", "services"),
        # who is housed has a roof; money that reaches people is cash
        ("Паводок: 86 эвакуированных разместили в школе, их кормят.", "food shelter"),
        ("Көмек: әкімдік жетім 35 балаға 100 мың теңгеден берді.", "cash"),
        # learning, learnt and taught
        ("Жетім 20 балаға жаңа мамандық үйретілді.", "education"),
        ("Фонд оплатил учёбу 26 студентам.", "education"),
        ("The foundation pays for the studies of 26 students from poor families.", "education"),
    ],
)
def test_what_an_event_gives(text: str, aid: str) -> None:
    record = extractor.extract(text, know=knowledge())
    assert " ".join(sorted(record.events[0].aid)) == aid


@pytest.mark.parametrize(
    ("text", "aids"),
    [
        (
            "Қор 34 қарияға қой берді. Олар 11 балаға планшет сыйлады.",
            ["livestock", "education"],
        ),
        (
            "Фонд купил 24 нуждающимся ребятам рюкзаки. 60 нуждающимся семьям раздали продукты.",
            ["education", "food"],
        ),
        (
            "The charity gave tablets to 350 pupils. Food parcels went to 275 needy families.",
            ["education", "food"],
        ),
    ],
)
def test_other_people_given_other_things_are_another_action(text: str, aids: list[str]) -> None:
    record = extractor.extract(text, know=knowledge())
    assert [" ".join(event.aid) for event in record.events] == aids
