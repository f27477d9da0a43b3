"""The gate of a run: what it lets through, in which writing, and that it loses no gold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.knowledge import DOMAIN_FILES, HERE, LANGS, KnowledgeError, Toml, read_toml
from extractor.match.scripts import alphabet_of, cyrillic_view, read_scripts, words_of
from extractor.run.gate import Gate, load_gate
from extractor.run.spelling import any_of, other_than, pattern_of
from extractor.run.stems import read_inflections, rows_of

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "gold"
GATE = read_toml(HERE / "domain" / "gate.toml")

# What passes: an article as short as it may be.
PASSES = """
kk Қор 120 отбасыға көмек көрсетті: азық-түлік таратты.
kk ҚОР 120 ОТБАСЫҒА ГУМАНИТАРЛЫҚ КӨМЕК ТАРАТТЫ
kk Еріктілер мұқтаж жандарға 5 тонна көмір үлестірді.
kk Тасқыннан зардап шеккен 300 үйге өтемақы төленді.
kk Су тасқынынан кейін көпбалалы аналарға екі жүз жиынтық берілді.
kk Qor 120 otbasyǵa kómek kórsetti: azyq-túlik taratty.
kk Qor 120 otbasyğa kömek körsettı: azyq-tülık taratty.
kk Qor 120 otbasyg'a ko'mek ko'rsetti: azyq-tu'lik taratty.
kk Eriktiler 300 muqtaj janǵa qaıyrymdylyq kómegin jetkizdi.
kk Ерікті­лер 300 мұқ­таж отбасыға көмектесті.
kk Қəсіпкер 40 көп балалы отбасыға көмек көрсетті.
ru Волонтеры раздали 120 семьям продуктовые наборы.
ru Пострадавшим от паводка выплачена компенсация: 200 семей получили по 1,5 млн тенге.
ru Благотворительный фонд передал больнице пять аппаратов ИВЛ.
ru В помощь погорельцам собрали 2 миллиона тенге.
ru Семьям, оставшимся без крова, помогли: 40 юрт.
ru Гумaнитарную пoмощь получили 300 семей
ru Штаб гуманитарной помощи сообщил, что собрано:\\n\\n- Футболки - 1928 шт.\\n- Носки - 250 пар
en Volunteers handed out 300 food baskets to low-income families.
en The charity donated $5,000 to flood victims.
en HUMANITARIAN AID FOR 300 FAMILIES
ru В отеле прошёл благотворительный базар.\\n\\nЗа день собрали 44 миллиона тенге.
kk Ауылда қайырымдылық жәрмеңкесі өтті.\\n\\nБір күнде 12 миллион теңге жиналды.
en Humanitarian aid arrives\\n\\nOn board were medicines and masks (131,500), a gift.
en Aid for the needy\\n\\nThe foundation gave 40 wheelchairs to the district.
"""

# What stays out: no aid, no number, or no number but dates and durations.
STAYS_OUT = """
kk Бүгін қалада күн ашық, ауа температурасы 12 градус.
kk Мұқтаж жандарға қайырымдылық көмегі көрсетілді.
kk Чемпионатта командамыз 3 медаль жеңіп алды.
kk Президент көмекшісі 15 сәуірде журналистермен кездесті.
kk Қорытынды жиынға 40 адам қатысты.
ru Сегодня в городе ясно, 12 градусов тепла.
ru Помощник президента принял 40 журналистов.
ru Волонтеры оказали помощь нуждающимся.
ru Волонтеры помогали нуждающимся 15 апреля 2024 года.
ru Сборная выиграла матч со счетом 3:1.
ru Помещение площадью 40 квадратных метров.
en The team won 3 medals and 40 points.
en Volunteers handed out food baskets to low-income families.
en Volunteers helped the needy for 5 days in 2024.
en He said that 40 people were there.
en The mermaid paid 40 dollars.
"""

HOSTILE = {
    "nothing": "",
    "one letter": "к",
    "İ": "\u0130" * 5000,
    "digits": "7" * 100_000,
    "digits and spaces": "7 " * 50_000,
    "dots": "." * 100_000,
    "no full stop": "абв " * 50_000,
    "lines": "\n" * 100_000,
    "bullets": "\n- " * 50_000,
    "nul": "\x00" * 1000,
    "surrogate": "\ud800 120 \udfff",
    "combining": "e" + "\u0301" * 10_000,
    "soft hyphens": "\u00ad" * 10_000,
    "arabic digits": "١٢٣ ²³ ⅔",
}
INVALID = (b"\xff", b"\xd0", b"\xd0\xd0\xd0", b"\xe2\x80", b"\xf0\x9f", b"\x80" * 50, b"\xc2")


def rows(table: str) -> list[Any]:
    """«kk Қор …» → one case a line; «\\n» in a line is a new line of the article."""
    lines = (line.partition(" ")[2].replace("\\n", "\n") for line in table.strip().splitlines())
    return [pytest.param(line, id=line[:40]) for line in lines]


@cache
def gate() -> Gate:
    return load_gate()


@pytest.mark.parametrize("text", rows(PASSES))
def test_passes(text: str) -> None:
    assert gate().passes(text), gate().why(text)
    assert gate().passes(text.encode())


@pytest.mark.parametrize("text", rows(STAYS_OUT))
def test_stays_out(text: str) -> None:
    assert not gate().passes(text), gate().why(text)
    assert not gate().passes(text.encode())


def test_says_why() -> None:
    first, second = gate().why("Помощь\nЯсно, тепло.\nВолонтеры раздали 120 наборов. Все рады.")
    assert [stem.form for stem in first.stems] == ["помощь"]
    assert second.sentence == "Волонтеры раздали 120 наборов"
    assert {stem.form for stem in second.stems} == {"волонтер", "раздать"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text(text: str) -> None:
    """Nothing is found in it, and it hides nothing that stands behind it."""
    assert not gate().passes(text)
    aid = "Волонтеры раздали 120 семьям продуктовые наборы."
    assert gate().passes(f"{text}\n{aid}\n{text}")


@pytest.mark.parametrize("broken", INVALID, ids=repr)
def test_invalid_utf8(broken: bytes) -> None:
    """Bytes that are no UTF-8 hide no word beside them."""
    assert not gate().passes(broken)
    article = "Волонтеры раздали 120 семьям продуктовые наборы.".encode()
    words = article.split(b" ")
    assert gate().passes((b" " + broken + b" ").join(words))


@pytest.mark.parametrize("piece", ["120 ", "көмек ", "помощь 2024 ", "a.", ": \n", "\n- 5 кг "])
def test_work_is_linear(piece: str) -> None:
    """Twice the text has twice the sentences at the most, and each letter is in one of them."""
    found = gate().why(piece * 2000)
    assert sum(len(evidence.sentence) for evidence in found) <= 2 * 2000 * len(piece)


# --- nothing of the gold is lost -----------------------------------------------------------------


def gold() -> Iterator[tuple[str, str, bool, bool]]:
    """Every annotated article there is: id, text, has it figures, has it events."""
    for name in ("train", "dev", "test", "second"):
        path = ROOT / "corpora" / f"{name}.jsonl"
        for line in path.read_bytes().split(b"\n") if path.exists() else ():
            if line:
                row = json.loads(line)
                yield row["id"], row["text"], bool(row["figures"]), bool(row["events"])
    for path in sorted(SHARED.glob("*/*.json")):
        row = json.loads(path.read_bytes())
        text = path.with_suffix(".txt").read_bytes().decode()
        yield path.stem, text, bool(row.get("figures")), bool(row.get("events"))


def test_loses_no_gold() -> None:
    """Of the articles with a figure of aid 0.985 pass; of those with an event 0.98."""
    articles = {article[0]: article for article in gold()}.values()
    with_figures = {id: text for id, text, figures, _ in articles if figures}
    with_events = {id: text for id, text, _, events in articles if events}
    for asked, floor in ((with_figures, 0.985), (with_events, 0.98)):
        lost = sorted(id for id, text in asked.items() if not gate().passes(text))
        assert len(asked) > 150
        assert 1 - len(lost) / len(asked) >= floor, lost


def test_articles_without_aid_stay_out() -> None:
    """Two in five of the articles without aid stay out, though they are the hardest there are."""
    none = [text for _, text, figures, events in gold() if not figures and not events]
    assert sum(not gate().passes(text) for text in none) / len(none) >= 0.4


def test_latin_kazakh_is_heard_as_cyrillic() -> None:
    """Each word of the Latin articles says what its Cyrillic view says."""
    scripts = read_scripts(HERE / "langs" / "kk" / "scripts.toml")
    heard = 0
    for line in (ROOT / "corpora" / "dev.jsonl").read_bytes().split(b"\n"):
        row = json.loads(line) if line else {"script": "Cyrl"}
        if row["script"] != "Latn" or row["lang"] != "kk":
            continue
        alphabet = alphabet_of(row["text"], scripts)
        for word in words_of(row["text"]):
            view = forms_in(cyrillic_view(word, scripts, alphabet))
            heard += len(view)
            assert view <= forms_in(word), word
    assert heard > 50


# --- the data ------------------------------------------------------------------------------------


def forms_in(text: str) -> set[str]:
    """The forms found in a sentence, whether or not anything is counted there."""
    return {stem.form for stem in gate().stems_in(text) if stem.lang == "kk"}


def entries() -> list[Any]:
    return [
        pytest.param(table, lang, id=f"{table['id']}-{lang}")
        for table in GATE.tables("stem")
        for lang in LANGS
    ]


@pytest.mark.parametrize(("table", "lang"), entries())
def test_stems_have_examples(table: dict[str, Any], lang: str) -> None:
    """No form without an example, no example without a form, and silence."""
    own = set(table.get(lang, ()))

    def said(key: str) -> list[set[str]]:
        phrases = [phrase for code, phrase in table.get(key, ()) if code == lang]
        return [{stem.form for stem in gate().stems_in(phrase)} & own for phrase in phrases]

    assert all(said("examples"))
    assert set().union(*said("examples")) == own
    assert not any(said("silent"))


def test_weighed_forms_are_forms() -> None:
    """A form that weighs more or less than its table stands in some table."""
    files = [read_toml(HERE / "domain" / f"{name}.toml") for name in DOMAIN_FILES]
    known = {(lang, form) for _, lang, form, _ in rows_of(GATE, [*files, GATE])}
    weighed = [
        (lang, form) for table in GATE.tables("weigh") for lang in LANGS for form in table[lang]
    ]
    assert not [one for one in weighed if one not in known]
    assert len(weighed) == len(set(weighed))


def test_no_stem_needs_no_letter() -> None:
    """Each stem finds its own form: what cannot be found is no stem."""
    mute = [
        (stem.lang, stem.form)
        for stem in gate().stems
        if stem not in gate().stems_in(stem.form.strip("=-"))
    ]
    assert not [one for one in mute if not one[1].endswith("-")]


def test_own_words_are_enough(tmp_path: Path) -> None:
    text = "Ұстаздар 40 сұңқаржол таратты ма?\nФлюгегехаймен: 40 штук."
    assert not gate().passes(text)
    own = tmp_path / "mine.toml"
    own.write_text('[[campaign]]\nid = "mine"\nkk = []\nru = ["флюгегехаймен"]\nen = []\n')
    mine = load_gate([own])
    assert mine.passes(text)
    assert mine.digest != gate().digest
    assert load_gate([own]) is mine


def test_bad_words_are_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[[campaign]\nid = "x"')
    with pytest.raises(KnowledgeError, match=r"bad\.toml"):
        load_gate([bad])


def test_inflections() -> None:
    inflections = read_inflections(GATE)
    for lang, form, text, found in (
        ("ru", "помощь", "помощью", True),
        ("ru", "помощь", "помощник", False),
        ("kk", "көмек", "көмегін", True),
        ("kk", "көмек", "көмекші", False),
        ("kk", "қор", "қорының", True),
        ("kk", "қор", "қорытынды", False),
        ("en", "aid", "aids", True),
        ("en", "aid", "aide", False),
    ):
        word = inflections[lang].word(form)  # type: ignore[index]
        pattern = re.compile((pattern_of(word.paths) + word.tail).encode())
        assert bool(pattern.fullmatch(text.encode())) is found, text


def test_patterns() -> None:
    assert re.fullmatch(any_of(["мың"]).encode(), "Мың".encode())
    other = re.compile(other_than(["apr", "ay "]).encode())
    assert [bool(other.match(word)) for word in (b"Apr", b"app", b"ay ", b"aye", b"5")] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert not re.search(pattern_of([]).encode(), b"anything")


def test_import_reads_nothing() -> None:
    script = (
        "import sys; import extractor.run.gate; "
        "print([name for name in ('re2', 'spacy', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_gate_is_read_once() -> None:
    assert load_gate() is load_gate()
    assert isinstance(GATE, Toml)
