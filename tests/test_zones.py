"""Zones, languages and scripts: the examples of the data files, and what must never happen."""

# ruff: noqa: E501 - a row is a phrase, and a phrase is not broken

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.match.languages import foreign_language, language_of
from extractor.match.scripts import (
    Scripts,
    alphabet_of,
    cyrillic_view,
    fold_twins,
    lower_each,
    read_scripts,
    script_of,
)
from extractor.stages.zones import (
    article_language,
    article_script,
    find_foreign,
    find_zones,
    load_zone_knowledge,
    read_zone_knowledge,
)
from extractor.types import Article, Lang, Span, Zone

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"
PROSE = {
    "kk": "Облыс тұрғындарына жиырма тонна азық-түлік жеткізілді, деп хабарлайды әкімдік.",
    "ru": "Жителям области доставили двадцать тонн продуктов, сообщает пресс-служба акимата.",
    "en": "Residents of the region received twenty tonnes of food, the press service reports.",
}


def table_of(*parts: str) -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "extractor").joinpath(*parts).read_text(encoding="utf-8"))


ZONES = table_of("domain", "zones.toml")
SCRIPTS = table_of("langs", "kk", "scripts.toml")


@lru_cache(maxsize=1)
def kazakh() -> Scripts:
    return read_scripts(ROOT / "extractor" / "langs" / "kk" / "scripts.toml")


def zones_of(text: str, title: str | None = None) -> tuple[Zone, ...]:
    return find_zones(Article("test", text, title=title), load_zone_knowledge())


def kind_at(text: str, phrase: str, title: str | None = None) -> tuple[str, str]:
    at = text.index(phrase)
    zone = next(zone for zone in zones_of(text, title) if zone.span.stop > at)
    return zone.kind, zone.reason


# --- the data file --------------------------------------------------------------------------


def cue_rows(key: str) -> list[Any]:
    return [
        pytest.param(row["reason"], line, id=f"{row['reason']}: {line[:40]}")
        for row in ZONES["cue"]
        for line in row[key]
    ]


@pytest.mark.parametrize(("reason", "line"), cue_rows("examples"))
def test_example_is_boilerplate(reason: str, line: str) -> None:
    text = f"{PROSE['ru']}\n\n{line}\n"
    assert kind_at(text, line)[0] == "boilerplate"


@pytest.mark.parametrize(("reason", "line"), cue_rows("silent"))
def test_silent_line_is_body(reason: str, line: str) -> None:
    text = f"{PROSE['ru']}\n\n{line}\n\n{PROSE['en']}\n"
    assert kind_at(text, line)[0] == "body"


@pytest.mark.parametrize("row", ZONES["cue"], ids=lambda row: f"{row['reason']}-{row['at']}")
def test_each_form_has_an_example(row: Mapping[str, Any]) -> None:
    kazakh_words = [
        cyrillic_view(word, kazakh()) for line in row["examples"] for word in line.split()
    ]
    examples = " ".join([*(line.lower() for line in row["examples"]), *kazakh_words])
    missing = [form for form in row["forms"] if form.lower() not in examples]
    assert not missing


@pytest.mark.parametrize(("line", "iso"), ZONES["dateline"]["examples"])
def test_dateline(line: str, iso: str) -> None:
    assert kind_at(f"Помощь получили сто семей\n{line}\n\n{PROSE['ru']}\n", line)[0] == "dateline"


@pytest.mark.parametrize("line", ZONES["dateline"]["silent"])
def test_no_dateline(line: str) -> None:
    assert kind_at(f"{PROSE['ru']}\n{line}\n{PROSE['en']}\n", line)[0] != "dateline"


def test_bad_data_is_loud() -> None:
    row = {"reason": "x", "at": "start", "closes": "no", "limit": 5, "forms": ["«a"]}
    with pytest.raises(ValueError, match="opening needs"):
        read_zone_knowledge({**ZONES, "cue": [row]})
    with pytest.raises(ValueError, match="closes"):
        read_zone_knowledge({**ZONES, "cue": [{**row, "closes": "maybe"}]})


# --- boilerplate that is glued on -----------------------------------------------------------

GLUED = [
    (f'{PROSE["ru"]}Читайте также:"Все ушло": репортаж из села', "Читайте", "read_also"),
    (f"{PROSE['ru']}Читайте такжерепортаж из затопленного села.", "Читайте", "read_also"),
    (f"{PROSE['ru']}Партнерский материал", "Партнерский", "advert"),
    (f"{PROSE['ru']}Материал предоставлен акиматом", "Материал", "advert"),
    (
        f"{PROSE['ru']} Наши новости теперь в WhatsApp! Подписывайтесь на каналКостанай",
        "Наши",
        "subscribe",
    ),
    (f"{PROSE['ru']} Подписывайтесь на наш канал", "Подписывайтесь", "subscribe"),
    (f"{PROSE['kk']}Оқи отырыңыз: Ауданда 40 үй салынды", "Оқи", "read_also"),
    (f"{PROSE['en']}Read also: 40 houses built in the region", "Read also", "read_also"),
    (
        f"{PROSE['ru']}Продолжение■Собрано 300 тонн13 апреля 2024 11:19",
        "Продолжение",
        "other_headlines",
    ),
]


@pytest.mark.parametrize(("text", "phrase", "reason"), GLUED)
def test_glued_tail(text: str, phrase: str, reason: str) -> None:
    assert kind_at(text, phrase) == ("boilerplate", reason)
    assert kind_at(text, text[:20])[0] == "body"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (f"{PROSE['ru']}Фото пресс-службы АкордыВсего собрано 300 тонн муки и масла.", "300 тонн"),
        (
            f"{PROSE['ru']}Читайте также:Карта паводка.Ранее в области эвакуировали 7039 человек.",
            "7039",
        ),
        (
            f"{PROSE['ru']}Посмотреть эту публикацию в InstagramПубликация от ТЖД (@tjd)Привезли 300 тонн.",
            "300",
        ),
        (f"{PROSE['ru']}■Собрано 9 тонн13 апреля 2024 11:19Всего привезли 300 тонн муки.", "300"),
        (
            f"{PROSE['ru']} Читайте также истории о том, как {'волонтеры ' * 30} собрали 300 тонн.",
            "300",
        ),
    ],
)
def test_body_behind_a_glued_cue_is_kept(text: str, phrase: str) -> None:
    assert kind_at(text, phrase)[0] == "body"


def test_quote_that_opens_the_next_sentence_is_kept() -> None:
    text = f'{PROSE["ru"]}Фото Акорды"Мы поможем", - сказал аким. Фото пресс-службы Акорды"Мы привезли", - сказал он.'
    assert kind_at(text, '"Мы привезли')[0] == "body"


# --- lists ----------------------------------------------------------------------------------


def test_recent_posts_close_the_article() -> None:
    text = f"{PROSE['ru']}\n\nRecent Posts\n\nОткрыты игры\n\nСобрано 300 тонн муки, сообщает…\n\n3 дня ago\n"
    for phrase in ("Recent", "Открыты", "300 тонн", "3 дня"):
        assert kind_at(text, phrase) == ("boilerplate", "other_headlines")


def test_read_also_closes_only_until_prose() -> None:
    text = f"{PROSE['ru']}\nЧитайте также\nВ селе построят 40 домов\nДругой заголовок\n{PROSE['ru']} Всего 5 тонн.\n"
    assert kind_at(text, "40 домов") == ("boilerplate", "read_also")
    assert kind_at(text, "Всего 5")[0] == "body"


def test_read_also_with_its_headline_is_one_line() -> None:
    text = (
        f"{PROSE['kk']}\n\nОқи отырыңыз: Ауданда 40 үй салынды\n\nТұрғындарға 5 тонна ұн берілді\n"
    )
    assert kind_at(text, "40 үй")[0] == "boilerplate"
    assert kind_at(text, "5 тонна")[0] == "body"


def test_list_after_a_colon_is_kept() -> None:
    text = f"{PROSE['ru']}\nЧитайте также\nДругой заголовок\nПомощь получили:\n- 40 семей;\n- 12 школ.\n{PROSE['ru']}\n"
    assert kind_at(text, "40 семей")[0] == "body"


def test_closing_cue_above_the_article_closes_nothing() -> None:
    text = f"Популярное\nКомментарии\n{PROSE['ru']}\n{PROSE['ru']} Всего 5 тонн.\n"
    assert kind_at(text, "Всего 5")[0] == "body"


def test_comments_are_never_taken_up_again() -> None:
    text = f"{PROSE['ru']}\n{PROSE['ru']} Всего 5 тонн.\nКомментарии (2)\nАйгуль\n{PROSE['ru']}\n"
    assert kind_at(text, "Айгуль") == ("boilerplate", "comments")


def test_lone_number_beside_the_dateline_is_a_counter_but_a_column_is_not() -> None:
    counter = f"Помощь пришла в область\n15 апреля 2024 14:01\n9120\n\n{PROSE['ru']}\n"
    assert kind_at(counter, "9120") == ("boilerplate", "counter")
    column = f"{PROSE['ru']}\nАбай\n300\nАтырау\n400\nАқтөбе\n500\n"
    assert kind_at(column, "400")[0] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "USD/KZT 447.9 EUR/KZT 482.16 RUB/KZT 5.54",
        "$ 447.9 € 482.16",
        "+7 701 759 90 19",
        "https://www.zakon.kz/300",
        "News > Government",
        "#помощь #паводок",
    ],
)
def test_widgets(line: str) -> None:
    assert (
        kind_at(f"{line}\n\nAid comes to the region\n\n{PROSE['en']}\n", line)[0] == "boilerplate"
    )


@pytest.mark.parametrize("line", ["алматы, вов, ветераны", "кульсары, мчс казахстана, продукты"])
def test_tags(line: str) -> None:
    assert kind_at(f"Помощь пришла\n\n{PROSE['ru']}\n\n{line}\n", line) == ("boilerplate", "tags")


@pytest.mark.parametrize(
    "line", ["хлеб, вода, 300 масок", "мука, сахар, соль и масло.", "- мука, сахар, соль"]
)
def test_lists_of_goods_are_no_tags(line: str) -> None:
    assert kind_at(f"Помощь пришла\n\n{PROSE['ru']}\n\n{line}\n", line)[0] == "body"


# --- head -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        (f"Сто семей получили помощь\n\n{PROSE['ru']}\n", "Сто семей", "headline"),
        (
            f"Общество\n\nСто семей получили помощь в области\n\n{PROSE['ru']}\n",
            "Общество",
            "boilerplate",
        ),
        (
            f"Общество\n\nСто семей получили помощь в области\n\n{PROSE['ru']}\n",
            "Сто семей",
            "headline",
        ),
        (
            f"Сто семей получили\n\nФонд продолжает сбор помощи в области\n\n{PROSE['ru']}\n",
            "Фонд",
            "headline",
        ),
        (f"{PROSE['ru']} {PROSE['ru']}\n{PROSE['ru']}\n", "Жителям", "body"),
        (f"АСТАНА. KAZINFORM – Сто семей получили помощь\n{PROSE['ru']}\n", "Сто", "body"),
        ("Сто семей получили помощь", "Сто", "body"),
        (f"- 40 семей\n- 12 школ\n{PROSE['ru']}\n", "40", "body"),
    ],
)
def test_head(text: str, phrase: str, kind: str) -> None:
    assert kind_at(text, phrase)[0] == kind


def test_title_from_metadata_wins() -> None:
    text = f"Новости\nДень\nСто семей получили помощь.\n{PROSE['ru']}\n"
    assert kind_at(text, "Сто", title="Сто семей получили помощь")[0] == "headline"
    assert kind_at(text, "Новости", title="Сто семей получили помощь")[0] == "boilerplate"
    lead = f"Сто семей получили помощь.\n{PROSE['ru']}\n"
    assert kind_at(lead, "Сто", title="Другой заголовок")[0] == "body"


# --- properties -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\r\n",
            "\r",
            "\u2028",
            " ",
            "\u00a0",
            "\t",
            "\u0301",
            "\U0001f4e6",
            "\u200d",
            "İ",
            "ß",
        ),
        *("Читайте также", "Recent Posts", "Фото:", "15 апреля 2024", "9120", ".", '"', "»", "■"),
        *("q", "ǵ", "'", "Комментарии", PROSE["kk"], PROSE["ru"], PROSE["en"], "а", "A", "1", "،"),
    ]
)


def assert_tiled(text: str) -> None:
    zones = zones_of(text)
    assert [zone.span.start for zone in zones] == [0, *(zone.span.stop for zone in zones)][
        : len(zones)
    ]
    assert (zones[-1].span.stop if zones else 0) == len(text)
    assert all(len(zone.span) for zone in zones)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(deadline=None, max_examples=300)
def test_zones_tile_pages(text: str) -> None:
    assert_tiled(text)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_zones_tile_anything(text: str) -> None:
    assert_tiled(text)


@given(st.text(max_size=60))
def test_lower_case_keeps_length(text: str) -> None:
    assert len(lower_each(text)) == len(text)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_words_of_any_kind_have_a_view(word: str) -> None:
    assert isinstance(cyrillic_view(word, kazakh()), str)
    assert len(fold_twins(word, kazakh())) == len(word)


def test_large_article_in_seconds() -> None:
    text = "\n".join([PROSE["ru"], PROSE["kk"], "Читайте также: Карта"] * 20_000)
    assert_tiled(text)


# --- languages ------------------------------------------------------------------------------

PARAGRAPHS: list[tuple[str, Lang]] = [
    ("Үкімет зардап шеккендерге 5 млн теңге бөлді.", "kk"),
    ("Фонд «Біз біргеміз» выделил помощь жителям области", "ru"),
    ("Акцию «Қайырымды істер» провели в Нур-Султане волонтеры фонда «Жануя»", "ru"),
    ("Токаев Өскеменге барып, жергілікті тұрғындармен кездесті", "kk"),
    ("Президент Астанада халыкпен кездесті деп хабарлады баспасөз", "kk"),
    ("Жаңа мектеп ашылды, деп жазды Tengrinews.kz порталы бүгін", "kk"),
    ("Úkimet zardap shekken otbasylarǵa kómek kórsetti", "kk"),
    ("Ükımet zardap şekken otbasylarğa kömek körsettı", "kk"),
    ("U'kimet zardap shekken otbasylarg'a ko'mek ko'rsetti, dep habarlady bu'gin", "kk"),
    ("The government gave 5 million tenge to families in Qostanai and Qyzylorda", "en"),
    ("Volunteers' teams from Almaty's districts didn't stop helping people", "en"),
    ("ۇكىمەت زارداپ شەككەن وتباسىلارعا كومەك كورسەتتى", "kk"),
]


@pytest.mark.parametrize(("text", "lang"), PARAGRAPHS)
def test_language_of_a_paragraph(text: str, lang: Lang) -> None:
    (zone,) = zones_of(text)
    assert zone.lang == lang
    assert zone.script == script_of(text)


# Lines that change their language, with the languages of their parts.
MIXED: list[tuple[str, list[Lang]]] = [
    ("Қор 20 отбасыға көмір түсіріп берді / Фонд и мы привезли уголь 20 семьям", ["kk", "ru"]),
    (
        "Фонд помог и нам. «Бүгін отыз үйге көмір түсіріп бердік», – говорят волонтёры.",
        ["ru", "kk", "ru"],
    ),
    (
        "Қор 20 отбасыға көмектесті. «Мы уже раздали 40 мешков муки», – деді ол. Тағы келеміз.",
        ["kk", "ru", "kk"],
    ),
    (
        "The fund handed 20 families coal. «Тағы отыз үйге көмір түсіреміз», he said.",
        ["en", "kk", "en"],
    ),
    ("Qor otbasylarǵa kómir túsirip berdi | Фонд привез уголь на двадцать дворов", ["kk", "ru"]),
    # A name in quotes, a name abroad and a list of names change nothing.
    ("Акцию «Қайырымды істер» и сбор на «Жануя» провели в Нур-Султане", ["ru"]),
    ("По словам Айгүл Нұрғалиқызы Сейітовой, помощь раздают и в Алматы", ["ru"]),
    ("Қор жетекшісі Ольга Ким «Дом и мир» акциясына қатысқандарға алғыс айтты", ["kk"]),
]


@pytest.mark.parametrize(("text", "langs"), MIXED)
def test_line_that_changes_its_language(text: str, langs: list[Lang]) -> None:
    zones = zones_of(text)
    assert [zone.lang for zone in zones] == langs
    assert "".join(zone.span.of(text) for zone in zones) == text


def test_line_in_two_languages_is_one_paragraph() -> None:
    text = "Қор 20 отбасыға көмір берді. «Мы привезли и 40 мешков муки», – деді ол.\nТағы келеміз."
    quote = "Мы привезли и 40 мешков муки"
    record = extractor.extract(text, know=extractor.load(ner="rules"))
    assert [figure.text for figure in record.figures] == ["20 отбасыға", "40 мешков муки"]
    assert text.index(quote) < record.figures[1].start


def test_mixed_page_has_zones_of_each_language() -> None:
    text = f"{PROSE['kk']} {PROSE['kk']}\n{PROSE['kk']}\n\n{PROSE['ru']}\n\n{PROSE['en']}\n"
    zones = zones_of(text)
    assert [zone.lang for zone in zones if zone.kind == "body"] == ["kk", "ru", "en"]
    assert article_language(zones) == "kk"
    assert article_script(zones) == "Cyrl"


def test_short_line_speaks_like_its_neighbours() -> None:
    zones = zones_of(f"{PROSE['kk']}\nБауыржан Абаев\n{PROSE['kk']}\n")
    assert {zone.lang for zone in zones} == {"kk"}


FOREIGN = {
    "uk": "Уряд виділив 50 мільйонів гривень на допомогу постраждалим від повені. Волонтери зібрали понад двадцять тонн продуктів харчування, одягу та ліків для мешканців затоплених сіл.",
    "ky": "Өкмөт суу ташкынынан жабыркаган үй-бүлөлөргө 50 миллион сом бөлдү. Ыктыярчылар жыйырма тоннадан ашык азык-түлүк, кийим-кече жана дары-дармек чогултушту.",
    "tt": "Хөкүмәт су басудан зыян күргән гаиләләргә 50 миллион сум акча бүлеп бирде. Волонтерлар егерме тоннадан артык азык-төлек, кием-салым һәм дару җыйдылар.",
    "uz": "Hukumat suv toshqinidan jabr ko‘rgan oilalarga 50 milliard so‘m ajratdi. Ko‘ngillilar yigirma tonnadan ortiq oziq-ovqat, kiyim-kechak va dori-darmon yig‘ishdi.",
    "tr": "Hükümet selden etkilenen ailelere 50 milyon lira yardım ayırdı. Gönüllüler yirmi tondan fazla gıda, giyecek ve ilaç topladı. Bakanlığın basın servisi bunu duyurdu.",
    "az": "Hökumət daşqından zərər çəkmiş ailələrə 50 milyon manat ayırdı. Könüllülər iyirmi tondan çox ərzaq, geyim və dərman topladılar. Bu barədə nazirliyin mətbuat xidməti məlumat verib.",
    "de": "Die Regierung hat 50 Millionen Euro für die Opfer des Hochwassers bereitgestellt. Freiwillige sammelten mehr als zwanzig Tonnen Lebensmittel, Kleidung und Medikamente.",
    "zh": "政府拨款五千万元帮助受灾家庭。志愿者为被淹村庄的居民收集了二十多吨食品、衣物和药品。该部新闻处对此作了报道。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_article(language: str) -> None:
    text = FOREIGN[language]
    assert find_foreign(Article("x", text), zones_of(text), load_zone_knowledge()) == language
    assert find_foreign(Article("x", text[:30]), zones_of(text[:30]), load_zone_knowledge()) is None


@pytest.mark.parametrize(
    "text",
    [
        PROSE["kk"] * 3,
        (PROSE["kk"] * 3).translate(str.maketrans("әғқңөұүһі", "агкноуухи")),
        (PROSE["kk"] * 3).translate(str.maketrans("қі", "ки")),
        "Qazaqstannyń barlyq óńirinen ákelingen kómek turǵyndarǵa taratyldy, dep habarlady ákimdik. "
        * 3,
        "Qazaqstannyñ barlyq öñırınen äkelıngen kömek tūrğyndarğa taratyldy, dep habarlady äkımdık. "
        * 3,
        "Аким Кызылорды Нұрлыбек Нәлібаев встретился с жителями аула Қызылқайың и вручил ключи. "
        * 3,
        "Akim Qairat Nukenov met Aigül Özdemir in Öskemen and gave the keys to the new houses. "
        * 3,
        "ۇكىمەت سۋ تاسقىنىنان زارداپ شەككەن وتباسىلارعا ەلۋ ميلليون تەڭگە ءبولدى. ەرىكتىلەر جيىرما توننادان استام ازىق-تۇلىك جانە كيىم جينادى.",
        "Bonjour",
        "12 345",
    ],
)
def test_never_refused(text: str) -> None:
    assert foreign_language(text, load_zone_knowledge().languages) is None


def test_too_little_to_tell() -> None:
    languages = load_zone_knowledge().languages
    assert language_of("Астана", "Cyrl", languages) is None


# --- scripts --------------------------------------------------------------------------------

PAIRS = {
    "acute": """
        otbasy отбасы|áleýmettik әлеуметтік|kómek көмек|qaıyrymdylyq қайырымдылық|mıllıon миллион
        mıllıard миллиард|teńge теңге|volonter волонтер|erikti ерікті|jumysshylarǵa жұмысшыларға
        halyqaralyq халықаралық|ákimshiligimen әкімшілігімен|uıymdastyryldy ұйымдастырылды
        paıdalanýǵa пайдалануға|týrısterdi туристерді|Ózbekstanda өзбекстанда|úılerine үйлеріне
        kúrish күріш|lıtr литр|pııaz пияз|meıiz мейіз|gastronomııalyq гастрономиялық
        aıasynda аясында|shaıhanada шайханада|jetkizildi жеткізілді|taratyldy таратылды
        zeınetkerler зейнеткерлер|múgedekter мүгедектер|sý су|dári-dármek дәрі-дәрмек
        azyq-túlik азық-түлік|jıyntyǵy жиынтығы|turǵyndaryna тұрғындарына|Úkimet үкімет
        keıin кейін|qarjy қаржы|bıýdjetten бюджеттен|memlekettik мемлекеттік|aýdan аудан
        respýblıkalyq республикалық|Shymkent шымкент|Aqtóbe ақтөбе|myńnan мыңнан|júz жүз
        qyryq қырық|partııasy партиясы|organızatsııa организация|múshesi мүшесі|aksııa акция
        250-den 250-ден|sońǵy соңғы|chempıon чемпион|qoıý қою|QAIYRYMDYLYQ қайырымдылық
    """,
    "umlaut": """
        otbasy отбасы|äleumettık әлеуметтік|kömek көмек|qaiyrymdylyq қайырымдылық|million миллион
        milliard миллиард|teŋge теңге|teñge теңге|volonter волонтер|erıktı ерікті
        jūmysşylarğa жұмысшыларға|halyqaralyq халықаралық|ūiymdastyryldy ұйымдастырылды
        paidalanuğa пайдалануға|üilerıne үйлеріне|kürış күріш|litr литр
        jariialanǧaly жарияланғалы|assambleiasy ассамблеясы|universitetı университеті
        jöneltıldı жөнелтілді|jetkızıldı жеткізілді|zeinetkerler зейнеткерлер
        mügedekter мүгедектер|därı-därmek дәрі-дәрмек|azyq-tülık азық-түлік|jiyntyğy жиынтығы
        tūrğyndaryna тұрғындарына|Ükımet үкімет|keiın кейін|qarjy қаржы|biudjetten бюджеттен
        memlekettık мемлекеттік|respublikalyq республикалық|audan аудан|Şymkent шымкент
        Aqtöbe ақтөбе|myŋnan мыңнан|jüz жүз|partiiasy партиясы|organizasia организация
        müşesı мүшесі|aksiia акция|qonaqüiı қонақүйі|şyğyn шығын|jylu жылу|küştı күшті
        İran иран|Iske іске|7 7|boiynşa бойынша
    """,
    "apostrophe": """
        ko'mek көмек|a'leumettik әлеуметтік|ten'ge теңге|ag'ash ағаш|ju'z жүз|ba'ri бәрі
        myn'nan мыңнан|Qazaqstan қазақстан|tabi'g'at табиғат|sy' су|o'ner өнер|u'i'lerine үйлеріне
    """,
}


@pytest.mark.parametrize(
    ("alphabet", "word", "view"),
    [
        (alphabet, *pair.split())
        for alphabet, rows in PAIRS.items()
        for row in rows.strip().splitlines()
        for pair in row.strip().split("|")
    ],
)
def test_cyrillic_view(alphabet: str, word: str, view: str) -> None:
    assert cyrillic_view(word, kazakh(), alphabet) == view


@pytest.mark.parametrize(
    "row",
    [*SCRIPTS["rewrite"], *SCRIPTS["stem"]],
    ids=lambda row: row.get("pattern") or row["read"],
)
def test_script_examples(row: Mapping[str, Any]) -> None:
    for alphabet, word, view in [*row["examples"], *row.get("silent", [])]:
        assert cyrillic_view(word, kazakh(), alphabet) == view


def test_decomposed_accents_are_composed_first() -> None:
    assert cyrillic_view("ko\u0301mek", kazakh(), "acute") == "көмек"
    assert cyrillic_view("tu\u0304rg\u030cyn", kazakh(), "umlaut") == "тұрғын"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("cлучаях", "случаях"),
        ("Мassaget", "Massaget"),
        ("xабарлайды", "хабарлайды"),
        ("қəзір", "қәзір"),
        ("Мейiржан", "Мейіржан"),
        ("IT-компания", "IT-компания"),
        ("COVID-тан", "COVID-тан"),
        ("World", "World"),
        ("передаетTengrinews", "передаетTengrinews"),
    ],
)
def test_twins(word: str, folded: str) -> None:
    assert fold_twins(word, kazakh()) == folded


@pytest.mark.parametrize(
    ("text", "alphabet"),
    [
        ("Ózbekstanda palaý pisirildi", "acute"),
        ("tötenşe jaǧdai jariialanǧaly elorda jūrty", "umlaut"),
        ("Qazaqstan Respy'bli'kasynyn' ko'megi", "apostrophe"),
        ("Qazaqstan bwl elder arasında öz ornın tapqan awdan", "double-u"),
        ("qalada", "acute"),
    ],
)
def test_alphabet(text: str, alphabet: str) -> None:
    assert alphabet_of(text, kazakh()) == alphabet


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Қазақстан 5", "Cyrl"),
        ("Qazaqstan", "Latn"),
        ("قازاقستان", "Arab"),
        ("5 + 5", None),
        ("政府", None),
    ],
)
def test_script(text: str, script: str | None) -> None:
    assert script_of(text) == script


# --- gold -----------------------------------------------------------------------------------


def gold_articles() -> list[Any]:
    paths = sorted([*GOLD.glob("seeds/*.json"), *GOLD.glob("dev/*.json")])
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared/gold is absent"))]
    return [pytest.param(path, id=path.stem) for path in paths]


@pytest.mark.parametrize("path", gold_articles())
def test_gold_figures_stay_in_the_article(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    zones = zones_of(text)
    kept = [zone.span for zone in zones if zone.kind in ("headline", "body")]
    lost = [
        row["quote"]
        for row in gold["figures"]
        if not any(span.covers(place(text, row)) for span in kept)
    ]
    assert not lost
    assert (article_language(zones), article_script(zones)) == (gold["lang"], gold["script"])
    assert find_foreign(Article("x", text), zones, load_zone_knowledge()) is None


def place(text: str, row: Mapping[str, Any]) -> Span:
    at = -1
    for _ in range(row.get("nth", 1)):
        at = text.index(row["quote"], at + 1)
    return Span(at, at + len(row["quote"]))


GOLD_NOISE = [
    ("dev/en-151", "447.9"),
    ("dev/en-151", "1,100-year-old"),
    ("dev/kk-104", "Бөлісу  280"),
    ("dev/kk-105", "11 тоннаға"),
    ("dev/kk-106", "400 пульсоксиметр"),
    ("dev/kk-107", "34 пәтердің"),
    ("dev/kk-108", "1 mlrd"),
    ("dev/ru-101", "9120"),
    ("seeds/seed-3", "XXV Зимние"),
]


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold is absent")
@pytest.mark.parametrize(("name", "phrase"), GOLD_NOISE)
def test_gold_noise_is_boilerplate(name: str, phrase: str) -> None:
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    assert kind_at(text, phrase)[0] == "boilerplate"
