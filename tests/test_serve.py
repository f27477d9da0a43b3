"""The server: what it finds, whom it answers, and that corrections are gold that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

import extractor
from extractor.cli import app as commands
from extractor.evaluate import read_gold
from extractor.evaluate.gold import GoldError
from extractor.records import ArticleRecord
from extractor.report import Wanted
from extractor.report.corrections import gold_of_record, gold_path, save_gold
from extractor.report.serving import Library, make_app, open_library, refusal

TEXTS = {
    "kk-1": "«Жылы үй» акциясы аясында Ақтөбеде 120 отбасыға азық-түлік таратылды. 2024 жылы.",
    "ru-1": "Фонд «Халык» выделил 500 млн тенге пострадавшим. Ещё 500 млн тенге собрали жители.",
    "en/odd name": "The fund delivered 420 school kits and 60 tonnes of flour to Shymkent.",
}
OUTLETS = {"kk-1": "a.kz", "ru-1": "b.kz", "en/odd name": None}
PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
OWN = {"Origin": HERE}


def record(name: str, *, with_text: bool = True) -> ArticleRecord:
    return extractor.extract(
        TEXTS[name],
        id=name,
        outlet=OUTLETS[name],
        published="2024-04-16",
        know=extractor.load(ner="rules"),
        with_text=with_text,
    )


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Wanted:
    """Records of which the Russian one has its text in another file."""
    folder = tmp_path_factory.mktemp("run")
    lines = "".join(f"{record(name, with_text=name != 'ru-1').to_json()}\n" for name in TEXTS)
    (folder / "records.jsonl").write_text(lines, encoding="utf-8")
    (folder / "ru-1.txt").write_text(TEXTS["ru-1"], encoding="utf-8")
    return Wanted(folder, texts=(folder / "ru-1.txt",))


@pytest.fixture
def library(wanted: Wanted, tmp_path: Path) -> Library:
    return open_library(wanted, tmp_path / "gold", tmp_path)


@pytest.fixture
def app(library: Library) -> Flask:
    return make_app(library, PORT)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    yield app.test_client()


def ask(client: FlaskClient, question: str, **values: str) -> Any:
    answer = client.get(f"/api/{question}", query_string=values, base_url=HERE)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return json.loads(answer.data)


def found(client: FlaskClient, **values: str) -> list[str]:
    return [row["id"] for row in ask(client, "articles", **values)["rows"]]


# --- search ---------------------------------------------------------------------------------------


def test_articles_are_found_by_their_words(client: FlaskClient) -> None:
    assert found(client) == list(TEXTS)
    assert found(client, q="АЗЫҚ-ТҮЛІК") == ["kk-1"]
    assert found(client, q="собрали ЖИТЕЛИ") == ["ru-1"]
    assert found(client, lang="en") == ["en/odd name"]
    assert found(client, outlet="b.kz") == ["ru-1"]
    assert found(client, outlet="-") == ["en/odd name"]
    assert found(client, q="nowhere") == []
    assert found(client, page="1") == []


def test_what_is_asked_is_no_sql(client: FlaskClient) -> None:
    assert found(client, q="' OR 1=1 --") == []
    assert found(client, lang="kk'; DROP TABLE article; --") == []
    assert found(client) == list(TEXTS)
    assert ask(client, "events", order="1; DROP TABLE event")["found"] > 0


def test_events_are_found_by_place_aid_and_day(client: FlaskClient) -> None:
    every = ask(client, "events")
    assert every["found"] == len(every["rows"])
    [kazakh] = ask(client, "events", place="KZ-15")["rows"]
    assert kazakh["mentions"][0]["article"] == "kk-1"
    assert ask(client, "events", aid="food", lang="kk")["found"] == 1
    assert ask(client, "events", **{"from": "2025-01-01"})["found"] == 0
    assert ask(client, "events", to="2024-12-31")["found"] == every["found"]
    assert ask(client, "events", sure="0")["found"] == every["found"]
    assert ask(client, "event", id=kazakh["id"]) == kazakh
    assert ask(client, "present", id=kazakh["id"]) == ["kk-1"]
    assert ask(client, "canonical", article="kk-1", event="e1") == [kazakh]
    assert ask(client, "parts", id=kazakh["id"]) == []
    assert "KZ-15" in ask(client, "choices")["places"]


def test_what_is_not_there_is_nothing_and_bad_questions_are_named(client: FlaskClient) -> None:
    assert ask(client, "article", id="nowhere") is None
    assert ask(client, "event", id="nowhere") is None
    assert client.get("/api/secrets", base_url=HERE).status_code == 404
    assert client.get("/api/articles?page=x", base_url=HERE).status_code == 422
    assert client.get("/api/events?sure=x", base_url=HERE).status_code == 422


# --- whom it answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Host": "evil.example:8765"}),
        ("GET", {"Host": "127.0.0.1:81"}),
        ("GET", {"Host": "127.0.0.1.evil.example:8765"}),
        ("GET", {}),
        ("PUT", {"Host": "127.0.0.1:8765"}),
        ("PUT", {"Host": "127.0.0.1:8765", "Origin": "null"}),
        ("PUT", {"Host": "127.0.0.1:8765", "Origin": "http://evil.example"}),
        ("PUT", {"Host": "127.0.0.1:8765", "Origin": "https://127.0.0.1:8765"}),
        ("PUT", {"Host": "127.0.0.1:8765", "Origin": "http://127.0.0.1:8766"}),
        ("POST", {"Host": "localhost:8765"}),
    ],
)
def test_others_are_refused(method: str, headers: dict[str, str]) -> None:
    assert refusal(method, headers, PORT) is not None


def test_its_own_page_is_answered() -> None:
    for name, port in (("127.0.0.1:8765", 8765), ("localhost:8765", 8765), ("127.0.0.1", 80)):
        assert refusal("GET", {"Host": name}, port) is None
        assert refusal("PUT", {"Host": name, "Origin": f"http://{name}"}, port) is None


def test_a_forged_request_changes_nothing(client: FlaskClient, library: Library) -> None:
    body = json.dumps({"figures": [], "events": []})
    told: dict[str, Any] = {
        "content_type": "application/json",
        "query_string": {"id": "kk-1"},
        "data": body,
        "base_url": HERE,
    }
    for headers in ({}, {"Origin": "http://evil.example"}):
        assert client.put("/api/gold", headers=headers, **told).status_code == 403
    plain = {**told, "content_type": "text/plain"}
    assert client.put("/api/gold", headers=OWN, **plain).status_code == 415
    assert client.get("/", base_url="http://evil.example").status_code == 403
    assert not library.gold.exists()


def test_the_page_may_ask_this_server_alone(client: FlaskClient) -> None:
    answer = client.get("/", base_url=HERE)
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert "Access-Control-Allow-Origin" not in answer.headers
    policy = answer.get_data(as_text=True).partition("Content-Security-Policy")[2][:400]
    assert "connect-src &#39;self&#39;" in policy
    assert "default-src &#39;none&#39;" in policy


# --- corrections ----------------------------------------------------------------------------------


def save(client: FlaskClient, name: str, corrected: object) -> Any:
    return client.put(
        "/api/gold",
        base_url=HERE,
        headers=OWN,
        query_string={"id": name},
        content_type="application/json",
        data=json.dumps(corrected),
    )


@pytest.mark.parametrize("name", TEXTS)
def test_accepting_all_gives_gold_that_is_the_record(
    client: FlaskClient, library: Library, name: str
) -> None:
    answer = save(client, name, ask(client, "article", id=name)["gold"])
    assert answer.status_code == 200, answer.get_data(as_text=True)
    [article] = read_gold(library.gold)
    assert (article.id, article.text) == (name, TEXTS[name])
    assert [(one.span.start, one.span.stop, one.value) for one in article.figures] == [
        (figure.start, figure.end, figure.value) for figure in record(name).figures
    ]
    assert str(gold_path(library.gold, name)) == answer.get_json()["gold"]
    again = ask(client, "article", id=name)
    assert again["saved"]
    assert [one["start"] for one in again["gold"]["figures"]] == [
        figure.start for figure in record(name).figures
    ]


def test_rejecting_editing_and_moving(client: FlaskClient, library: Library) -> None:
    corrected = gold_of_record(record("ru-1"))
    first, second = corrected["figures"]
    assert first["quote"] == second["quote"] == "500 млн тенге"
    second.update(status="collected", bound="approx", same_as=first["id"])
    corrected["figures"] = [second]
    corrected["events"] = [
        {"id": "e1", "figures": [first["id"]], "aid": ["cash"]},
        {"id": "e2", "figures": [second["id"]], "aid": ["cash"], "providers": ["жители"]},
    ]
    assert save(client, "ru-1", corrected).status_code == 200
    [article] = read_gold(library.gold)
    [figure] = article.figures
    # The second of two like phrases is still the second, though it is the only figure now.
    assert (figure.id, figure.span.start) == ("f1", second["start"])
    assert (figure.status, figure.bound, figure.same_as) == ("collected", "approx", None)
    assert [(event.id, event.figures) for event in article.events] == [("e1", ("f1",))]


def test_a_number_that_was_left_out_becomes_a_figure(client: FlaskClient, library: Library) -> None:
    article = ask(client, "article", id="kk-1")
    [left] = [one for one in article["left_out"] if one["text"] == "2024"]
    new = {**article["gold"]["figures"][0], "id": left["id"], "quote": "2024", "value": 2024}
    new.update(start=left["start"], end=left["end"])
    article["gold"]["figures"].append(new)
    assert save(client, "kk-1", article["gold"]).status_code == 200
    [gold] = read_gold(library.gold)
    assert [figure.quote for figure in gold.figures] == ["120 отбасыға", "2024"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"unit": "furlong"}, "unit"),
        ({"kind": "gift"}, "kind"),
        ({"value": "many"}, "value"),
        ({"value": None}, "value"),
        ({"end": 9999}, "quote"),
        ({"start": "1"}, "start"),
        ({"quote": "121 отбасыға"}, "quote"),
        ({"category": ["hobbit"]}, "category"),
    ],
)
def test_what_is_no_gold_is_refused_by_name(
    client: FlaskClient, library: Library, change: dict[str, Any], named: str
) -> None:
    corrected = gold_of_record(record("kk-1"))
    corrected["figures"][0].update(change)
    answer = save(client, "kk-1", corrected)
    assert answer.status_code == 422
    assert named in answer.get_json()["error"]
    assert not library.gold.exists()


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"figures": {}},
        {"figures": [1], "events": []},
        {"figures": [{"id": []}], "events": []},
        {"figures": [], "events": [{"id": "e1", "figures": 1}]},
    ],
)
def test_what_is_no_correction_is_refused(client: FlaskClient, body: object) -> None:
    assert save(client, "kk-1", body).status_code == 422
    assert save(client, "nowhere", body).status_code == 422


def test_gold_needs_the_text(wanted: Wanted, tmp_path: Path) -> None:
    library = open_library(Wanted(wanted.records), tmp_path / "gold", tmp_path)
    client = make_app(library, PORT).test_client()
    assert ask(client, "article", id="ru-1")["pieces"] is None
    answer = save(client, "ru-1", gold_of_record(record("ru-1")))
    assert answer.status_code == 422
    assert "--texts" in answer.get_json()["error"]


def test_what_a_correction_does_not_touch_stays(client: FlaskClient, library: Library) -> None:
    corrected = gold_of_record(record("kk-1"))
    corrected["figures"][0].update(series="cumulative", note="so says the article")
    corrected["events"][0].update(wave=2, note="the second")
    assert save(client, "kk-1", corrected).status_code == 200
    again = ask(client, "article", id="kk-1")["gold"]
    assert again["figures"][0]["series"] == "cumulative"
    assert again["figures"][0]["note"] == "so says the article"
    assert (again["events"][0]["wave"], again["events"][0]["note"]) == (2, "the second")
    assert save(client, "kk-1", again).status_code == 200
    [article] = read_gold(library.gold)
    assert (article.figures[0].series, article.events[0].wave) == ("cumulative", 2)


def test_nothing_half_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The annotation stands only beside its text, and a failed change leaves the old one."""
    one = record("kk-1")
    saved = save_gold(tmp_path, one, TEXTS["kk-1"], gold_of_record(one))
    before = saved.gold.read_bytes()

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("extractor.report.corrections.write_whole", full)
    with pytest.raises(OSError, match="No space"):
        save_gold(tmp_path, one, TEXTS["kk-1"], {"figures": [], "events": []})
    assert saved.gold.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kk-1.json", "kk-1.txt"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", ".hidden", "", "x" * 300, "\u202e"])
def test_names_of_files_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    path = gold_path(tmp_path, name)
    assert path.parent == tmp_path
    assert path.name == path.name.strip(". ")
    assert len(path.name) <= 120
    assert gold_path(tmp_path, f"{name}?") != path


def test_twins_are_no_correction(tmp_path: Path) -> None:
    one = record("kk-1")
    corrected = gold_of_record(one)
    corrected["figures"] *= 2
    with pytest.raises(GoldError, match="twice"):
        save_gold(tmp_path, one, TEXTS["kk-1"], corrected)


# --- the command ----------------------------------------------------------------------------------


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8")
    done = CliRunner().invoke(commands, ["serve", str(path), "--port", "0"])
    assert done.exit_code == 2
    assert f"{path}: line 1" in done.stderr
