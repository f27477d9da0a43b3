"""The user's own words: every table of them is read, every slip of the pen is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sheaf import ROOT

import extractor
from extractor.knowledge import TOPICS
from extractor.loading import Knowledge
from extractor.own_words import NEEDED
from extractor.records import ArticleRecord

OWN = """
[[campaign]]
id = "warm-hands"
kk = ["жылы алақан"]
ru = ["тёплые ладони"]
en = ["warm hands"]

[[provider]]
id = "open-palm"
kk = ["ашық алақан қоры"]
ru = ["открытая ладонь"]
en = ["open palm foundation"]

[[item]]
id = "saxaul"
unit = "tonne"
aid = ["fuel"]
kk = ["сексеуіл"]
ru = ["саксаул"]
en = ["saxaul"]

[[category]]
id = "shepherd"
unit = "person"
kk = ["шопан"]
ru = ["чабан"]
en = ["shepherd"]

[[unit]]
id = "yurt"
unit = "house"
item = "house"
kind = "goods"
kk = ["киіз үй"]
ru = ["юрта"]
en = ["yurt"]

[[currency]]
id = "MNT"
signs = ["₮"]
kk = ["төгрөг"]
ru = ["тугрик"]
en = ["tugrik"]

[[region]]
code = "KG-C"
kind = "region"
name = "Chuy"
headed = { kk = ["Шу"], ru = ["Чуй"], en = ["Chuy"] }
adjectives = { ru = ["Чуйская"] }

[[country]]
code = "XS"
names = { kk = ["Сомалиленд"], ru = ["Сомалиленд"], en = ["Somaliland"] }
"""
TEXTS = {
    "kk": "«Жылы алақан» акциясы аясында Ашық алақан қоры Шу облысында 30 тонна сексеуіл мен "
    "120 шопанға көмек таратты.",
    "ru": "В рамках акции «Тёплые ладони» фонд «Открытая ладонь» раздал в Чуйской области 30 тонн "
    "саксаула и помог 120 чабанам. Пострадавшим передали 15 юрт и 5 млн тугриков.",
    "en": "Under the Warm Hands campaign, the Open Palm Foundation handed over 30 tonnes of saxaul "
    "to 120 shepherds in Chuy region. It also delivered 15 yurts and 5 million tugriks.",
}


@pytest.fixture(scope="module")
def know(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    path = tmp_path_factory.mktemp("own") / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return extractor.load(domain=[path])


def read(lang: str, know: Knowledge) -> ArticleRecord:
    record = extractor.extract(TEXTS[lang], know=know)
    assert record.lang == lang
    return record


@pytest.mark.parametrize("lang", TEXTS)
def test_own_words_are_found(lang: str, know: Knowledge) -> None:
    record = read(lang, know)
    event = record.events[0]
    assert event.campaign
    assert event.campaign.id == "warm-hands"
    assert [provider.id for provider in event.providers] == ["open-palm"]
    assert event.locations == ("KG-C",)
    figures = {figure.item or figure.unit: figure for figure in record.figures}
    assert extractor.notation(figures["saxaul"]) == "=30 tonne saxaul"
    assert "shepherd" in figures["person"].category
    if lang != "kk":
        assert extractor.notation(figures["house"]) == "=15 house"
        assert extractor.notation(figures["MNT"]) == "=5000000 MNT"


@pytest.mark.parametrize("lang", TEXTS)
def test_without_them_they_are_not(lang: str, know: Knowledge) -> None:
    record = extractor.extract(TEXTS[lang])
    found = record.to_json()
    for name in ("warm-hands", "open-palm", "KG-C"):
        assert f'"{name}"' not in found
    items = {figure.item for figure in record.figures}
    groups = {name for figure in record.figures for name in figure.category}
    assert not {"saxaul", "shepherd"} & (items | groups)
    assert record.provenance.data != read(lang, know).provenance.data


def test_an_own_country(know: Knowledge) -> None:
    text = "The Red Crescent sent 300 tents to Somaliland."
    assert extractor.extract(text, know=know).events[0].locations == ("XS",)
    assert extractor.extract(text).events[0].locations == ()


SLIPS = [
    ("[[campain]]\nid = 'x'", "[[campain]]: unknown; known are "),
    ("[[campaign]]\nkk = ['x']", "[[campaign]] no. 1: needs the key 'id'"),
    ("[[campaign]]\nid = 'x'\nkk = 'жылы'", "[[campaign]] no. 1: kk: must be a list of texts"),
    ("[[campaign]]\nid = 'x'\nkk = [5]", "[[campaign]] no. 1: kk: must be a list of texts"),
    ("[campaign]\nid = 'x'", "[[campaign]] must be a list of tables"),
    ("campaign = [5]", "[[campaign]] no. 1: must be a table"),
    ("topic = 5", "topic: must be a table of languages"),
    ("[[region]]\ncode = 'KG-C'\nname = 'Chuy'", "[[region]] no. 1: needs the key 'kind'"),
    (
        "[[region]]\ncode = 'KG-C'\nname = 'Chuy'\nkind = 'oblast'",
        "[[region]]: unknown kind of place: oblast",
    ),
    (
        "[[region]]\ncode = 'KG-C'\nname = 'Chuy'\nkind = 'region'\nheaded = { ru = 'Чуй' }",
        "[[region]] no. 1: headed: ru: must be a list of texts",
    ),
    ("[[campaign]\n", "own.toml"),
]


@pytest.mark.parametrize(("slip", "message"), SLIPS)
def test_a_slip_is_named(slip: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(slip, encoding="utf-8")
    with pytest.raises(extractor.KnowledgeError) as caught:
        extractor.load(domain=[path])
    assert message in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(extractor.KnowledgeError, match=r"holds no \.toml file"):
        extractor.load(domain=[tmp_path])


def test_the_package_keeps_the_form_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is demanded of users holds for our own files of the same tables."""
    from extractor.knowledge import DOMAIN_FILES
    from extractor.own_words import read_own_words

    names = [ROOT / "extractor" / "domain" / f"{name}.toml" for name in DOMAIN_FILES]
    tables = {name for toml in read_own_words(names) for name in toml.content}
    assert tables == (NEEDED.keys() | set(TOPICS)) - {"region", "country"}


# --- a language -----------------------------------------------------------------------------

KYRGYZ = """
import extractor
from extractor import extract, load, notation, quantities

print(extractor.__file__)
print([notation(found) for found in quantities("кырк үй-бүлө", "ky")])
print([notation(found) for found in quantities("қырық бес отбасы", "kk")])
record = extract("Фонд раздал продукты 120 семьям в Акмолинской области.")
print(record.lang, [notation(figure) for figure in record.figures])
"""


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def sources(tmp_path: Path) -> Callable[[], Path]:
    def copy() -> Path:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "extractor", tmp_path / "extractor", ignore=ignore)
        shutil.copytree(ROOT / "models", tmp_path / "models", ignore=ignore)
        return tmp_path

    return copy


def test_a_fourth_language_is_data_and_one_word_of_code(sources: Callable[[], Path]) -> None:
    """As docs/extend.md says: a folder of grammar, forms beside the others, one name."""
    home = sources()
    package = home / "extractor"
    shutil.copytree(package / "langs" / "kk", package / "langs" / "ky")
    replace_in(package / "types.py", '["kk", "ru", "en"]', '["kk", "ru", "en", "ky"]')
    numbers = package / "langs" / "ky" / "numbers.toml"
    replace_in(numbers, '["қырық", "кырык"]', '["кырк"]')
    family = 'en = ["family", "household"'
    replace_in(package / "domain" / "units.toml", family, f'ky = ["үй-бүлө"]\n{family}')
    done = subprocess.run(
        [sys.executable, "-c", KYRGYZ],
        env={"PYTHONPATH": str(home), "PYTHONUTF8": "1"},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        str(package / "__init__.py"),
        "['=40 family']",
        "['=45 family']",
        "ru ['=120 family']",
    ], done.stderr
