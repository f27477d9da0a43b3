"""Places: a row is a phrase and the places in it, as «text=code» («?» where no code is known)."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from extractor.match.gazetteer import PlaceHead, load_place_entries, load_place_knowledge
from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.lexicon import Hit, Lexicon
from extractor.match.morphology import build_morphology, fold_word
from extractor.match.scripts import alphabet_of, cyrillic_view, load_scripts
from extractor.stages.places import find_places
from extractor.types import Lang, Mention, Sentence, Span, Token, Zone

ROOT = Path(__file__).parent.parent
DOMAIN = ROOT / "extractor" / "domain"
GOLD = tuple(
    folder
    for folder in (
        ROOT.parent / "shared/gold/seeds",
        ROOT.parent / "shared/gold/dev",
        ROOT / "corpora/dev",
    )
    if folder.is_dir()
)
LANGS: tuple[Lang, ...] = ("kk", "ru", "en")
STYLES = {"kk": DigitStyle(",", "."), "ru": DigitStyle(",", "."), "en": DigitStyle(".", ",")}


@dataclass(frozen=True)
class Reader:
    """A language with a lexicon of places only."""

    lang: Lang
    lexicon: Lexicon
    fold: Callable[[str], str]

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """One line, one sentence."""
        zone = Zone(Span(0, len(text)), "body", self.lang, "Cyrl")
        fold = self.fold
        if self.lang == "kk":
            scripts = load_scripts(read_toml(ROOT / "extractor/langs/kk/scripts.toml"))
            fold = partial(cyrillic_view, scripts=scripts, alphabet=alphabet_of(text, scripts))
        return tuple(
            Sentence(span, self.tokens(text, span, fold), zone, index, index)
            for index, span in enumerate(lines(text))
        )

    def tokens(self, text: str, span: Span, fold: Callable[[str], str]) -> tuple[Token, ...]:
        return tuple(read_tokens(text, span.start, span.stop, STYLES[self.lang], fold))

    def places(self, text: str) -> tuple[Mention, ...]:
        sentences = self.sentences(text)
        hits: Sequence[Sequence[Hit]] = [self.lexicon.scan(s.tokens) for s in sentences]
        return find_places(sentences, hits, load_place_knowledge())


def lines(text: str) -> Iterator[Span]:
    return (
        Span(*match.span())
        for match in re.finditer(r"[^\n]*?\S[^\n]*?(?:[.!?](?=\s)|$)", text, re.M)
    )


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def reader(lang: Lang) -> Reader:
    morphology = build_morphology(read_toml(ROOT / f"extractor/langs/{lang}/endings.toml"))

    def lex(form: str) -> list[Token]:
        return list(read_tokens(form, 0, len(form), STYLES[lang], fold_word))

    lexicon = Lexicon(morphology, lex)
    for entry in load_place_entries(lang):
        lexicon.add(entry)
    return Reader(lang, lexicon, fold_word)


def notation(mentions: Sequence[Mention]) -> str:
    return " ".join(f"{m.text.replace(' ', '_')}={m.code or '?'}" for m in mentions)


KK = [
    ("Нұр-Сұлтан қаласында көмек берілді", "Нұр-Сұлтан=KZ-71"),
    ("Астанадағы 120 отбасына", "Астана=KZ-71"),
    ("Бүгін елордада 9 пункт ашылды", "елорда=KZ-71"),
    ("Алматыда тұратын отбасылар", "Алматы=KZ-75"),
    ("Алматы облысының әкімдігі", "Алматы=KZ-19"),
    ("Алматы қаласының әкімдігі", "Алматы=KZ-75"),
    ("Шымкентте 21 мың отбасы", "Шымкент=KZ-79"),
    ("Ақмола және Қарағанды облыстары", "Ақмола=KZ-11 Қарағанды=KZ-35"),
    ("Абай облысының тұрғындары", "Абай=KZ-10"),
    ("Жамбыл облысында 5 ауыл", "Жамбыл=KZ-31"),
    ("Жамбыл облысы Жамбыл ауданында", "Жамбыл=KZ-31 Жамбыл=KZ-31"),
    ("Түркістан облысы", "Түркістан=KZ-61"),
    ("Солтүстік Қазақстан облысында су", "Солтүстік_Қазақстан=KZ-59"),
    ("СҚО мен БҚО-да тасқын", "СҚО=KZ-59 БҚО=KZ-27"),
    ("ШҚО-ның тұрғындары", "ШҚО=KZ-63"),
    ("Оралда 60 отбасы", "Орал=KZ-27"),
    ("Рудныйдағы 30 қарт", "Рудный=KZ-39"),
    ("Павлодарға жүк келді", "Павлодар=KZ-55"),
    ("Қостанай облысының Арқалық қаласында", "Қостанай=KZ-39 Арқалық=KZ-39"),
    ("Қаратал, Көксу, Ескелді аудандарындағы", "Қаратал=KZ-33 Көксу=KZ-33 Ескелді=KZ-33"),
    ("Ақмола облысы Зеренді ауданының әкімдігі", "Ақмола=KZ-11 Зеренді=KZ-11"),
    ("Зерендіде көмір таратылды", "Зеренді=KZ-11"),
    ("Айдабол мен Қонысбай ауылдарының тұрғындарына", "Айдабол=? Қонысбай=?"),
    (
        "Қызылорда қаласы мен Қармақшы, Шиелі аудандарындағы",
        "Қызылорда=KZ-43 Қармақшы=KZ-43 Шиелі=KZ-43",
    ),
    ("Қызылорда облыстық филиалы", "Қызылорда=KZ-43"),
    ("Ақтөбе облысының Қобда ауданында", "Ақтөбе=KZ-15 Қобда=KZ-15"),
    ("Қобдада су деңгейі төмендеді", "Қобда=KZ-15"),
    ("Талдықорған ауруханаларына", "Талдықорған=KZ-33"),
    ("Семей қаласына", "Семей=KZ-10"),
    ("Өскеменде өрт шықты", "Өскемен=KZ-63"),
    ("Жезқазғанға көмір", "Жезқазған=KZ-62"),
    ("Ұлытауда – 60", "Ұлытау=KZ-62"),
    ("Құлсарыдан көшірілді", "Құлсары=KZ-23"),
    ("Екібастұз қаласы", "Екібастұз=KZ-55"),
    ("Петропавлға жетті", "Петропавл=KZ-59"),
    ("Көкшетау тұрғындары", "Көкшетау=KZ-11"),
    ("Қонаев қаласында", "Қонаев=KZ-19"),
    ("Украинаға гуманитарлық көмек", "Украина=UA"),
    ("Түркияның Хатай провинциясы", "Түркия=TR Хатай=TR"),
    ("Түркиеге 11 тонна", "Түркие=TR"),
    ("АҚШ-тың көмегі", "АҚШ=US"),
    ("Қазақстан бойынша 53 мың отбасы", "Қазақстан=KZ"),
    ("Палу қаласына баруға", "Палу=ID"),
    ("Есіл ауданында 5 үй", "Есіл=?"),
    ("Солтүстік Қазақстан облысының Есіл ауданында", "Солтүстік_Қазақстан=KZ-59 Есіл=KZ-59"),
    ("Aqmola jäne Qaraǧandy oblystarynyŋ tūrǧyndaryna", "Aqmola=KZ-11 Qaraǧandy=KZ-35"),
    ("Hıýa qalasyndaǵy keshen", "Hıýa=UZ"),
    ("Aqtöbe qalasyna jük kölıgımen jöneltıp", "Aqtöbe=KZ-15"),
    ("«Дала» ЖШС Шымкенттегі мектепке көмектесті", "Шымкент=KZ-79"),
    ("Елордада Шығыс Қазақстан облысына көмек жиналды", "Елорда=KZ-71 Шығыс_Қазақстан=KZ-63"),
]
RU = [
    ("Фонд помог жителям Нур-Султана", "Нур-Султана=KZ-71"),
    ("в Нур-Султане прошла акция", "Нур-Султане=KZ-71"),
    ("волонтеры Астаны", "Астаны=KZ-71"),
    ("ветераны в столице получили", "столице=KZ-71"),
    ("в Алматы и Алматинской области", "Алматы=KZ-75 Алматинской_области=KZ-19"),
    (
        "в Атырауской, Актюбинской и Костанайской областях",
        "Атырауской=KZ-23 Актюбинской=KZ-15 Костанайской_областях=KZ-39",
    ),
    (
        "в Северо-Казахстанскую и Акмолинскую область",
        "Северо-Казахстанскую=KZ-59 Акмолинскую_область=KZ-11",
    ),
    (
        "из городов Алматы, Шымкент, Алматинской и Западно-Казахстанской областей",
        "Алматы=KZ-75 Шымкент=KZ-79 Алматинской=KZ-19 Западно-Казахстанской_областей=KZ-27",
    ),
    ("вода идет к районам Петропавловска", "Петропавловска=KZ-59"),
    ("по районам Кызылжар, Есиль и Шал акына", "Кызылжар=KZ-59 Есиль=KZ-59 Шал_акына=KZ-59"),
    ("в регионе Абай", "Абай=KZ-10"),
    ("в области Абай и Жетысу", "Абай=KZ-10 Жетысу=KZ-33"),
    ("в области Улытау", "Улытау=KZ-62"),
    ("в Туркестанской области", "Туркестанской_области=KZ-61"),
    ("в городе Туркестан", "Туркестан=KZ-61"),
    ("Жители ВКО и ЗКО", "ВКО=KZ-63 ЗКО=KZ-27"),
    ("бюджет СКО и ЮКО", "СКО=KZ-59 ЮКО=KZ-61"),
    ("Южно-Казахстанская область", "Южно-Казахстанская_область=KZ-61"),
    ("на просьбу акима Костаная", "Костаная=KZ-39"),
    ("будет передана в Петропавловск", "Петропавловск=KZ-59"),
    ("эвакуированы из Кульсары", "Кульсары=KZ-23"),
    ("в Актобе, Хромтау и Кобде", "Актобе=KZ-15 Хромтау=KZ-15 Кобде=KZ-15"),
    (
        "в Буландынском районе Акмолинской области",
        "Буландынском_районе=KZ-11 Акмолинской_области=KZ-11",
    ),
    ("школьников Сарыагашского района", "Сарыагашского_района=KZ-61"),
    ("Мартукского и Кобдинского районов", "Мартукского=KZ-15 Кобдинского=KZ-15"),
    ("в Капитоновский сельский округ", "Капитоновский_сельский_округ=?"),
    ("в селе Тупичев Черниговской области", "Тупичев=?"),
    ("в села Карозек, Иванковка и Вознесенка", "Карозек=? Иванковка=? Вознесенка=?"),
    ("в районе поселка Нура", "Нура=?"),
    ("в районе поселка Нура Актюбинской области", "Нура=? Актюбинской_области=KZ-15"),
    ("в районный центр Иргиз", "Иргиз=KZ-15"),
    ("больницы Караганды, Темиртау и Балхаша", "Караганды=KZ-35 Темиртау=KZ-35 Балхаша=KZ-35"),
    ("один живет в Экибастузе", "Экибастузе=KZ-55"),
    ("в г. Семей", "Семей=KZ-10"),
    ("из Усть-Каменогорска", "Усть-Каменогорска=KZ-63"),
    ("аким Талдыкоргана", "Талдыкоргана=KZ-33"),
    ("шахтеры Жезказгана", "Жезказгана=KZ-62"),
    ("дома в Конаеве", "Конаеве=KZ-19"),
    ("в районе Шал акына", "Шал_акына=KZ-59"),
    ("в районе имени Габита Мусрепова", "Габита_Мусрепова=KZ-59"),
    ("в Есильском районе Акмолинской области", "Есильском_районе=KZ-11 Акмолинской_области=KZ-11"),
    ("гумпомощь Украине и Турции", "Украине=UA Турции=TR"),
    ("семье Юрия из Чернигова", "Чернигова=UA"),
    ("помощь Кыргызстану и США", "Кыргызстану=KG США=US"),
    ("по всему Казахстану", "Казахстану=KZ"),
    ("Жители Приозерска", "Приозерска=KZ-35"),
    ("Пострадавшие из Аркалыка и Риддера", "Аркалыка=KZ-39 Риддера=KZ-63"),
    ("в Алмалинском районе Алматы", "Алмалинском_районе=KZ-75 Алматы=KZ-75"),
    ("в Иргизском районе Актобе", "Иргизском_районе=KZ-15 Актобе=KZ-15"),
    ("в Алматы Иванов сказал", "Алматы=KZ-75"),
]
EN = [
    ("the akim of Nur-Sultan wrote", "Nur-Sultan=KZ-71"),
    ("Over 200 Astana children get ready", "Astana=KZ-71"),
    ("volunteers of the capital helped", "the_capital=KZ-71"),
    ("the capital city of Kazakhstan", "the_capital=KZ-71 Kazakhstan=KZ"),
    ("the city of Almaty, Kazakhstan", "Almaty=KZ-75 Kazakhstan=KZ"),
    ("1,000 evacuated in Almaty Region", "Almaty=KZ-19"),
    ("hospitals of Shymkent", "Shymkent=KZ-79"),
    (
        "in the Abai, Akmola, Aktobe, Atyrau, Kostanai and West Kazakhstan regions",
        "Abai=KZ-10 Akmola=KZ-11 Aktobe=KZ-15 Atyrau=KZ-23 Kostanai=KZ-39 West_Kazakhstan=KZ-27",
    ),
    ("Abai, Akmola and Kostanai regions", "Abai=KZ-10 Akmola=KZ-11 Kostanai=KZ-39"),
    ("Akmola and Almaty regions", "Akmola=KZ-11 Almaty=KZ-19"),
    ("In the Akmola Region, volunteers", "Akmola=KZ-11"),
    ("West Kazakhstan has 4,000 volunteers", "West_Kazakhstan=KZ-27"),
    ("The Turkistan Region sent aid to the Aktobe Region", "Turkistan=KZ-61 Aktobe=KZ-15"),
    ("in Turkistan 300 families", "Turkistan=KZ-61"),
    ("in the Zhylyoi district 150 volunteers", "Zhylyoi_district=KZ-23"),
    ("leave for Khobda on 11 April", "Khobda=KZ-15"),
    ("houses in Khobda district", "Khobda_district=KZ-15"),
    ("handed out in Martuk on 6 April", "Martuk=KZ-15"),
    ("nine villages of Kazaly and Syrdaria districts", "Kazaly=KZ-43 Syrdaria=KZ-43"),
    ("will go to Aral district", "Aral_district=KZ-43"),
    ("the akim of the town of Aksu", "Aksu=KZ-55"),
    ("Aksu district of Zhetisu region", "Aksu_district=KZ-33 Zhetisu=KZ-33"),
    ("Esil district", "Esil_district=?"),
    ("Esil district of North Kazakhstan region", "Esil_district=KZ-59 North_Kazakhstan=KZ-59"),
    ("Mumbwa district in Central province", "Mumbwa_district=?"),
    ("The Mumbwa district", "Mumbwa_district=?"),
    ("villages of Zugdidi municipality", "Zugdidi=GE"),
    ("the village of Akzhol", "Akzhol=?"),
    ("flood in Ust-Kamenogorsk", "Ust-Kamenogorsk=KZ-63"),
    ("families in Semey", "Semey=KZ-10"),
    ("Karaganda received six", "Karaganda=KZ-35"),
    ("the Karaganda region", "Karaganda=KZ-35"),
    ("trains to Taldykorgan", "Taldykorgan=KZ-33"),
    ("Zhezkazgan and Satpayev cities", "Zhezkazgan=KZ-62 Satpayev=KZ-62"),
    ("residents of Kulsary", "Kulsary=KZ-23"),
    ("Petropavlovsk and Kokshetau", "Petropavlovsk=KZ-59 Kokshetau=KZ-11"),
    ("trucks arrived in Uman, Ukraine", "Uman=UA Ukraine=UA"),
    (
        "in the West Bank, Gaza Strip, Lebanon and Jordan",
        "West_Bank=PS Gaza_Strip=PS Lebanon=LB Jordan=JO",
    ),
    ("earthquake in Türkiye and Syria", "Türkiye=TR Syria=SY"),
    ("Turkey's Hatay province", "Turkey=TR Hatay=TR"),
    ("the United States and the UK", "United_States=US UK=GB"),
    ("Uralsk, Aktau and Zhanaozen", "Uralsk=KZ-27 Aktau=KZ-47 Zhanaozen=KZ-47"),
    ("Qonayev city", "Qonayev=KZ-19"),
    ("from Kyzylorda to Baikonur", "Kyzylorda=KZ-43 Baikonur=KZ-43"),
    ("Kapitonovka rural district", "Kapitonovka=?"),
    ("the regions of Taraz", "Taraz=KZ-31"),
]
SILENT: dict[Lang, list[str]] = {
    "kk": [
        "Абай Құнанбаев айтты",
        "Абай көшесінде су",
        "«Абай» кітабы",
        "Нұрсұлтан Назарбаев келді",
        "Астана ақшамы жазды",
        "Балқаш көлінің жағасында",
        "«Атырау» клубы жеңді",
        "көрші ауылдан келді",
        "Біздің ауылымыз",
        "Алматы Сейдірұлы келді",
        "бұл үлкен қала",
        "Өскемен – Алматы тас жолында",
        "Жапония елшілігі жазды",
        "Әр ауданда 5 үй",
    ],
    "ru": [
        "на улице Абая",
        "по проспекту Астана",
        'АО "Астана Моторс" передало',
        "Нурсултан Назарбаев поручил",
        "Абаем Кунанбаевым написано",
        "Алматы Сейдирович",
        "актюбинские спасатели",
        "в районе нет воды",
        "Того же дня семьи вернулись",
        "на озере Балхаш",
        "аким города Серик Мухамедиев",
        "Astana Times пишет",
        "в 2024 г. Президент поручил",
        "южная столица",
        "на дороге Самара — Шымкент",
        "аким города Ерлан Власенко",
        "посольство Японии пишет",
        "Шубы и шум",
        "Тем временем снимки ушли на станцию МЧС",
    ],
    "en": [
        "Altai Kulginov presented medals",
        "Astana TV reports",
        "The Astana Times wrote",
        "Abai Kunanbayev Avenue",
        "in Astana Street",
        "Nursultan Nazarbayev said",
        "let us help",
        "Lake Balkhash froze",
        "FC Astana won",
        "May brought rain",
        "Oral antibiotics were bought",
        "the capital market",
        "the Almaty-Taraz highway",
        "the Embassy of Japan",
        "in this district",
        "the UAS and the USS landed",
        "Roman town-planning",
    ],
}


@pytest.mark.parametrize(("phrase", "expected"), KK)
def test_kazakh(phrase: str, expected: str) -> None:
    assert notation(reader("kk").places(phrase)) == expected


@pytest.mark.parametrize(("phrase", "expected"), RU)
def test_russian(phrase: str, expected: str) -> None:
    assert notation(reader("ru").places(phrase)) == expected


@pytest.mark.parametrize(("phrase", "expected"), EN)
def test_english(phrase: str, expected: str) -> None:
    assert notation(reader("en").places(phrase)) == expected


@pytest.mark.parametrize(
    ("lang", "phrase"), [(lang, row) for lang in LANGS for row in SILENT[lang]]
)
def test_silence(lang: Lang, phrase: str) -> None:
    assert notation(reader(lang).places(phrase)) == ""


# --- an article decides --------------------------------------------------------------------

ARTICLES: list[tuple[Lang, str, str]] = [
    ("en", "Flood in Zhetisu.\nWater entered Aksu.", "Zhetisu=KZ-33 Aksu=KZ-33"),
    ("ru", "Вода вошла в Аксу.", "Аксу=KZ-55"),
    (
        "ru",
        "Есильский район затоплен.\nПомощь шлет Акмолинская область.",
        "Есильский_район=KZ-11 Акмолинская_область=KZ-11",
    ),
    ("en", "Kyiv asked for aid.\nUkraine needs it in the capital.", "Kyiv=UA Ukraine=UA"),
    ("en", "Kyiv, the capital of Ukraine", "Kyiv=UA Ukraine=UA"),
    ("en", "Air Astana flew to Almaty.", "Almaty=KZ-75"),
    ("en", "The Abai region.\nPeople in Borodulikha.", "Abai=KZ-10 Borodulikha=KZ-10"),
    # What is written without its head once needs it nowhere.
    ("en", "Hay for Chipata.\nChipata district got hay.", "Chipata=?"),
    ("en", "Hay for Khobda.\nKhobda district got hay.", "Khobda=KZ-15 Khobda=KZ-15"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), ARTICLES)
def test_article_decides(lang: Lang, text: str, expected: str) -> None:
    assert notation(reader(lang).places(text)) == expected


# --- the data files --------------------------------------------------------------------------

REGIONS = read_toml(DOMAIN / "regions.toml")
CODES = {
    f"KZ-{number}"
    for number in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)
}
PATTERNS: dict[Lang, str] = {
    "kk": "Бүгін {} облысында",
    "ru": "сегодня область {}",
    "en": "in {} region",
}


def region_forms() -> Iterator[tuple[Lang, str, str]]:
    """Every form in a phrase in which it must be found."""
    for region in REGIONS["region"]:
        for lang in LANGS:
            yield from ((lang, f"x {f}", region["code"]) for f in forms(region, "alone", lang))
            yield from ((lang, f"x {f}", region["code"]) for f in forms(region, "capital", lang))
            yield from (
                (lang, f"x {f}", region["code"]) for f in forms(region, "abbreviations", lang)
            )
            for form in forms(region, "headed", lang):
                yield lang, PATTERNS[lang].format(form), region["code"]
            # «алматинские волонтеры»: a city has an adjective and no «область».
            named = forms(region, "adjectives", lang) if region["kind"] == "region" else []
            for form in named:
                yield lang, f"в {form[:-2]}ой области", region["code"]
                yield lang, f"в {form[:-2]}ую и другие области", region["code"]


def forms(region: dict[str, Any], key: str, lang: Lang) -> list[str]:
    return list(region.get(key, {}).get(lang, ()))


@pytest.mark.parametrize(
    ("lang", "phrase", "code"), [r for r in region_forms() if "ую и" not in r[1]]
)
def test_every_region_form(lang: Lang, phrase: str, code: str) -> None:
    assert code in [mention.code for mention in reader(lang).places(phrase)]


def examples(key: str) -> list[tuple[Lang, str, str]]:
    return [
        (lang, phrase, region["code"])
        for region in REGIONS["region"]
        for lang in LANGS
        for phrase in region[key][lang]
    ]


@pytest.mark.parametrize(("lang", "phrase", "code"), examples("examples"))
def test_region_examples(lang: Lang, phrase: str, code: str) -> None:
    assert code in [mention.code for mention in reader(lang).places(phrase)]


@pytest.mark.parametrize(("lang", "phrase", "code"), examples("silent"))
def test_region_silence(lang: Lang, phrase: str, code: str) -> None:
    assert code not in [mention.code for mention in reader(lang).places(phrase)]


def test_head_and_noise_examples() -> None:
    for head in REGIONS["head"]:
        for lang, phrases in head["examples"].items():
            assert all(reader(lang).places(phrase) for phrase in phrases), (head["kind"], lang)
    for noise in REGIONS["noise"]:
        for lang, phrases in noise["silent"].items():
            found = {phrase: reader(lang).places(phrase) for phrase in phrases}
            assert not any(m.code != "KZ" for ms in found.values() for m in ms), found


def test_regions_are_those_of_iso() -> None:
    assert {region["code"] for region in REGIONS["region"]} == CODES


def test_countries() -> None:
    countries = read_toml(DOMAIN / "countries.toml")["country"]
    codes = [country["code"] for country in countries]
    assert len(codes) == len(set(codes)) >= 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    named = [
        c
        for c in countries
        if {"kk", "ru", "en"} <= set({**c.get("names", {}), **c.get("aliases", {})})
    ]
    assert len(named) > 225


def town_rows() -> list[dict[str, str]]:
    with (DOMAIN / "towns.tsv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_towns_are_valid() -> None:
    rows = town_rows()
    countries = {c["code"] for c in read_toml(DOMAIN / "countries.toml")["country"]}
    keys = [(row["type"], row["code"], row["kk"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["type"] for row in rows} == {"town", "district", "village"}
    assert {row["code"] for row in rows} <= CODES | countries
    assert all(row["kk"] and row["ru"] and row["en"] for row in rows)
    assert {row["code"] for row in rows if row["type"] == "district"} == CODES


def test_adjectives_are_marked() -> None:
    """«Зерендинский» needs «район» beside it."""
    meanings = [e.meaning for e in load_place_entries("ru") if e.form == "Зерендинский"]
    assert meanings
    assert all(getattr(place, "adjective", False) for place in meanings)


def test_heads_have_known_keys() -> None:
    heads = [
        e.meaning for lang in LANGS for e in load_place_entries(lang) if e.sort == "place_head"
    ]
    assert all(isinstance(head, PlaceHead) and head.sides for head in heads)


def test_lexicon_is_quick() -> None:
    reader("ru")
    for lang in LANGS:
        lexicon = Lexicon(
            reader(lang).lexicon.morphology,
            lambda form: list(read_tokens(form, 0, len(form), STYLES["en"], fold_word)),
        )
        start = perf_counter()
        for entry in load_place_entries(lang):
            lexicon.add(entry)
        assert perf_counter() - start < 0.3


def test_spans_are_of_the_text() -> None:
    text = "в Нур-Султане и\nКапитоновский сельский округ"
    for mention in reader("ru").places(text):
        assert mention.span.of(text) == mention.text


# --- the gold --------------------------------------------------------------------------------


def gold_places(lang: Lang) -> Iterator[tuple[str, str, str, set[str], tuple[Mention, ...]]]:
    """(article, place, text, codes of its events, what was found), place by place."""
    for path in sorted(p for folder in GOLD for p in folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["lang"] != lang:
            continue
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found = reader(lang).places(text)
        places: dict[str, set[str]] = {}
        for event in gold["events"]:
            for place in event["places"]:
                places.setdefault(place, set()).update(event["locations"])
        for place, codes in places.items():
            yield gold["id"], place, text, codes, found


@pytest.mark.skipif(not GOLD, reason="no gold here")
@pytest.mark.parametrize("lang", LANGS)
def test_gold_recall(lang: Lang) -> None:
    rows = list(gold_places(lang))
    missed = []
    coded = 0
    exact = 0
    for article, place, text, codes, found in rows:
        spans = [Span(*m.span()) for m in re.finditer(re.escape(place), text)]
        here = [m for m in found if any(m.span.overlaps(span) for span in spans)]
        exact += any(m.text == place for m in here)
        coded += any(m.code in codes for m in here)
        if not any(m.code in codes or m.code is None for m in here):
            missed.append((article, place, [(m.text, m.code) for m in here]))
    recall = 1 - len(missed) / len(rows)
    print(f"{lang}: {len(rows)} places, found {recall:.2f}, {exact=}, {coded=}, {missed=}")
    # Districts named by their adjective alone («Аршалынский») and villages are what is missed.
    assert recall >= 0.8


@pytest.mark.skipif(not GOLD, reason="no gold here")
@pytest.mark.parametrize("lang", LANGS)
def test_gold_locations(lang: Lang) -> None:
    """Every code of the gold's locations is among the codes of the article's mentions."""
    wanted = 0
    missed = []
    for path in sorted(p for folder in GOLD for p in folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["lang"] == lang:
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            codes = {code for event in gold["events"] for code in event["locations"]}
            found = {mention.code for mention in reader(lang).places(text)}
            wanted += len(codes)
            missed += [(gold["id"], code) for code in codes - found]
    print(f"{lang}: {wanted} locations, missed {missed}")
    assert len(missed) <= 0.1 * wanted
