"""spaCy pipelines: tokens, sentences, records on documents, and what survives being stored."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import extractor

KK = (
    "Қостанайда «Жылу» қоры 120 отбасыға азық-түлік себетін таратты. "
    "Бұған 25 млн. теңге көмек бөлінді."
)
RU = "В Костанае фонд «Жылу» передал помощь 120 семьям."
EN = "In Kostanay the Zhylu fund delivered aid to 120 families."
TEXTS = {"kk": KK, "ru": RU, "en": EN}


@lru_cache(maxsize=3)
def pipeline(lang: str) -> Language:
    return extractor.pipeline(lang)


# «·» marks a border between tokens.
TOKENS = [
    ("kk", "2800-ден астам", "2800·-·ден·астам"),
    ("kk", "25 млн.теңгеге", "25·млн.·теңгеге"),
    ("kk", "723 млн.900 мың", "723·млн.·900·мың"),
    ("kk", "19-ға", "19·-·ға"),
    ("kk", "80%-ы", "80·%·-·ы"),
    ("kk", "1,5 миллиард", "1,5·миллиард"),
    ("kk", "14 478 адамға", "14·478·адамға"),
    ("kk", "2018-2019 жж.", "2018·-·2019·жж."),
    ("kk", "10–15 мың", "10·–·15·мың"),
    ("kk", "Нұр-Сұлтан", "Нұр-Сұлтан"),
    ("kk", "азық-түлік", "азық-түлік"),
    ("kk", "Е.Каналимов", "Е.Каналимов"),
    ("kk", "балаларға.Қазір", "балаларға·.·Қазір"),
    ("kk", "«Жылу»-ның қоры", "«·Жылу·»·-·ның·қоры"),
    ("kk", "ұн, қант т.б.", "ұн·,·қант·т.б."),
    ("kk", "300 адам.", "300·адам·."),
    ("kk", "balalar úshin g'ylym", "balalar·úshin·g'ylym"),
    ("kk", "zhylu.kz сайты", "zhylu.kz·сайты"),
    ("kk", "(https://zhylu.kz/a?b=1).", "(·https://zhylu.kz/a?b=1·)·."),
    ("kk", "COVID-19", "COVID-19"),
    ("kk", "₸500", "₸·500"),
    ("ru", "25 млн.тенге", "25·млн.·тенге"),
    ("ru", "1,5 миллиарда", "1,5·миллиарда"),
    ("ru", "на ул. Абая", "на·ул.·Абая"),
    ("ru", "получили 300 человек.", "получили·300·человек·."),
    ("ru", "сайт zhylu.kz", "сайт·zhylu.kz"),
    ("en", "Mr. Smith gave $5.", "Mr.·Smith·gave·$·5·."),
    ("en", "he said no.", "he·said·no·."),
]


@pytest.mark.parametrize(("lang", "text", "expected"), TOKENS)
def test_tokens(lang: str, text: str, expected: str) -> None:
    tokens = [token.text for token in pipeline(lang).tokenizer(text)]
    assert "\u00b7".join(tokens) == expected


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_host_names_in_cyrillic(lang: str) -> None:
    tokenizer: Any = pipeline(lang).tokenizer
    assert tokenizer.url_match is None


def test_blank_kazakh() -> None:
    pipeline("kk")
    tokens = [token.text for token in spacy.blank("kk")("2800-ден жж.")]
    assert tokens == ["2800", "-", "ден", "жж."]


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="unknown language 'uz'; known are kk, ru, en"):
        extractor.pipeline("uz")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (KK, [KK[:63], KK[64:]]),
        ("  Бірінші.\n\nЕкінші сөйлем", ["  Бірінші.\n\n", "Екінші сөйлем"]),
        ("Бөлінген 25 млн. теңге жетті.Қазір", ["Бөлінген 25 млн. теңге жетті.", "Қазір"]),
        ("", []),
        (" \n", [" \n"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [one.text for one in pipeline("kk")(text).sents] == sentences


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_record_on_the_document(lang: str) -> None:
    text = TEXTS[lang]
    doc = pipeline(lang)(text)
    record = extractor.extract(text)
    assert doc._.aid == record
    assert doc._.aid_failure is None
    figures = doc.spans["figures"]
    assert [span.id_ for span in figures] == [figure.id for figure in record.figures]
    for span in figures:
        figure = span._.figure
        assert span.label_ == figure.kind
        assert span.start_char <= figure.start < figure.end <= span.end_char
    for span in doc.spans["events"]:
        assert span.id_ == span._.event.id
        assert span.label_ in ("figure", "provider", "campaign", "place")


def test_the_record_finds_its_own_language() -> None:
    doc = pipeline("ru")(KK)
    assert doc.lang_ == "ru"
    assert doc._.aid.lang == "kk"


def test_html_is_plain_text_in_a_document() -> None:
    doc = pipeline("en")(f"<html> {EN}")
    assert [span._.figure.text for span in doc.spans["figures"]] == ["120 families"]


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), ("12", "no_letters")])
def test_no_record(text: str, reason: str) -> None:
    doc = pipeline("kk")(text)
    assert doc._.aid is None
    assert doc._.aid_failure == reason
    assert "figures" not in doc.spans


def test_own_campaigns(tmp_path: Path) -> None:
    nlp = extractor.pipeline("kk", domain=[tmp_path])
    assert nlp.get_pipe_meta("extractor_aid").factory == "extractor_aid"
    assert nlp.config["components"]["extractor_aid"]["domain"] == [str(tmp_path)]


# --- stored and read again ------------------------------------------------------------------


def through_pickle(doc: Doc) -> Doc:
    copy: Doc = pickle.loads(pickle.dumps(doc))
    return copy


def through_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def through_docbin(doc: Doc) -> Doc:
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (copy,) = DocBin().from_bytes(stored).get_docs(spacy.blank("kk").vocab)
    return copy


@pytest.mark.parametrize("store", [through_pickle, through_bytes, through_docbin])
def test_a_stored_document_keeps_its_record(store: Callable[[Doc], Doc]) -> None:
    doc = pipeline("kk")(KK)
    copy = store(doc)
    assert copy._.aid == doc._.aid
    assert [span._.figure for span in copy.spans["figures"]] == list(doc._.aid.figures)
    assert [span.id_ for span in copy.spans["events"]] == [s.id_ for s in doc.spans["events"]]


def test_a_stored_document_keeps_its_failure() -> None:
    assert through_docbin(pipeline("kk")("12"))._.aid_failure == "no_letters"


def test_a_stored_pipeline(tmp_path: Path) -> None:
    nlp = pipeline("kk")
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    tokenizer: Any = again.tokenizer
    assert tokenizer.url_match is None
    assert [token.text for token in again("жж. 19-ға")] == ["жж.", "19", "-", "ға"]
    assert again(KK)._.aid == nlp(KK)._.aid


def test_a_stored_pipeline_in_another_process(tmp_path: Path) -> None:
    pipeline("kk").to_disk(tmp_path)
    code = (
        "import spacy, sys, extractor.langs.spacy_aid\n"
        "print(spacy.load(sys.argv[1])('Қор 5 отбасыға көмек берді.')._.aid.figures[0].value)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stdout.strip() == "5"


def test_pipe() -> None:
    texts = [KK, "", RU]
    docs = list(pipeline("kk").pipe(texts))
    assert [doc.text for doc in docs] == texts
    assert [doc._.aid_failure for doc in docs] == [None, "empty", None]


def test_pipe_in_processes() -> None:
    docs = list(pipeline("kk").pipe([KK] * 4, n_process=2, batch_size=2))
    assert {doc._.aid.to_json() for doc in docs} == {extractor.extract(KK).to_json()}
