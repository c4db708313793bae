"""Each form, loaded by the readers that people use."""

import csv
import json
import sqlite3
import subprocess
import sys

import pytest

from malim_scraper import Article
from malim_scraper.errors import DatasetError
from malim_scraper.export import FORMATS, Request, Selection, Split, export
from malim_scraper.export.csv_table import harmless
from malim_scraper.export.reading import read


@pytest.fixture(scope="module")
def articles(dataset):
    return {article.id: article for article in read(dataset)}


@pytest.fixture
def export_to(dataset, tmp_path):
    def write(name, **options):
        export(Request(dataset, str(tmp_path / name), **options))
        return tmp_path / name

    return write


@pytest.fixture(scope="module")
def parquet(dataset, tmp_path_factory):
    pytest.importorskip("pyarrow", reason="Parquet needs the extra 'export'")
    path = tmp_path_factory.mktemp("parquet") / "m.parquet"
    export(Request(dataset, str(path)))
    return path


def test_parquet_gives_every_record_back(parquet, articles):
    arrow = pytest.importorskip("pyarrow.parquet")
    rows = arrow.read_table(parquet).to_pylist()
    assert len(rows) == len(articles) == 300
    for row in rows:
        for name, value in articles[row["id"]].to_dict().items():
            found = row[name].strftime("%Y-%m-%dT%H:%M:%SZ") if name.endswith("_at") else row[name]
            if name == "provenance":
                found = {key: evidence for key, evidence in found.items() if evidence}
            assert found == value, name


def test_parquet_is_typed_and_compressed(parquet):
    arrow = pytest.importorskip("pyarrow.parquet")
    types = {field.name: str(field.type) for field in arrow.read_schema(parquet)}
    assert types["date_published_day"] == "date32[day]"
    assert types["date_published_time"] == types["crawled_at"] == "timestamp[us, tz=UTC]"
    assert types["authors"].startswith("list<")
    assert types["blocks"].startswith("list<") and "struct<type: string, text: string>" in types["blocks"]
    assert types["free_access"] == "bool" and types["revision"] == "int64"
    assert arrow.ParquetFile(parquet).metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("wrong", [{"title": 7}, {"blocks": ["x"]}, {"title": "\ud800"}])
def test_a_record_of_other_types_is_one_line(tmp_path, wrong):
    pytest.importorskip("pyarrow", reason="Parquet needs the extra 'export'")
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", **wrong}))
    with pytest.raises(DatasetError, match=next(iter(wrong))):
        export(Request(folder, str(tmp_path / "m.parquet")))
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_pandas_reads_parquet(parquet, articles):
    pandas = pytest.importorskip("pandas", reason="needs pandas")
    table = pandas.read_parquet(parquet)
    assert len(table) == len(articles)
    assert isinstance(table["date_published_time"].dtype, pandas.DatetimeTZDtype)
    assert list(table.set_index("id").loc[table["id"][0], "authors"]) == articles[table["id"][0]].authors


def test_polars_reads_parquet(parquet, articles):
    polars = pytest.importorskip("polars", reason="needs polars")
    table = polars.read_parquet(parquet)
    assert table["date_published_day"].dtype == polars.Date
    dated = sum(article.date_published is not None for article in articles.values())
    assert table["date_published_day"].count() == dated
    texts = table["blocks"].list.eval(polars.element().struct.field("text"))
    assert texts.list.join("\n\n").to_list() == table["body"].to_list()


def test_duckdb_reads_parquet(parquet, articles):
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    years = dict(duckdb.sql(f"SELECT year(date_published_day) AS y, count(*) FROM '{parquet}' GROUP BY y").fetchall())
    assert sum(years.values()) == len(articles)
    assert years[2021] > 0
    assert duckdb.sql(f"SELECT provenance.title FROM '{parquet}' LIMIT 1").fetchall() == [("json-ld",)]


def test_datasets_reads_the_hub_folder_with_its_parts(export_to, articles, tmp_path):
    datasets = pytest.importorskip("datasets", reason="needs datasets")
    folder = export_to("hub", split=Split((0.8, 0.1, 0.1)))
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "validation", "test"}
    ids = [ident for part in loaded.values() for ident in part["id"]]
    assert sorted(ids) == sorted(articles)
    assert loaded["train"][0]["blocks"][0].keys() == {"type", "text"}


def test_csv_opens_in_a_spreadsheet_and_in_python(export_to, articles):
    path = export_to("m.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,url,")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(articles)
    for row in rows:
        article = articles[row["id"]]
        assert row["body"] == article.body
        assert json.loads(row["authors"]) == article.authors
        assert row["date_published"] == (article.date_published or "")


@pytest.mark.parametrize("reader", ["pandas", "polars", "duckdb"])
def test_tables_read_csv(export_to, articles, reader):
    module = pytest.importorskip(reader, reason=f"needs {reader}")
    path = str(export_to("m.csv"))
    table = module.sql(f"FROM '{path}'").fetchall() if reader == "duckdb" else module.read_csv(path)
    assert len(table) == len(articles)


@pytest.mark.parametrize(("text", "cell"), [
    ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"), ("+7 701", "'+7 701"), ("-1", "'-1"), ("@x", "'@x"),
    ("\t=1", "'\t=1"), ("\r\n=1", "'\r\n=1"), ("＝1", "'＝1"), ("a=b", "a=b"),
    ("", ""), (None, None), (-3, -3), ("a\0b", "ab"),
])
def test_no_cell_is_a_formula(text, cell):
    assert harmless(text) == cell


def test_json_lines_are_the_records(export_to, articles):
    path = export_to("m.jsonl")
    back = [Article.from_dict(json.loads(line)) for line in path.read_bytes().splitlines()]
    assert {article.id: article for article in back} == articles


def test_zstd_holds_the_same_json_lines(export_to, articles):
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")
    path = export_to("m.jsonl.zst")
    titles = duckdb.sql(f"SELECT id, title FROM read_json('{path}', format='newline_delimited')").fetchall()
    assert dict(titles) == {ident: article.title for ident, article in articles.items()}


def test_sqlite_is_searchable(export_to, articles):
    path = export_to("m.sqlite")
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM articles").fetchone() == (len(articles),)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    word = "аурухана"
    search = "SELECT id FROM articles WHERE number IN (SELECT rowid FROM articles_fts WHERE body MATCH ?)"
    found = database.execute(search, (word,)).fetchall()
    expected = {ident for ident, article in articles.items() if word in article.body.lower().replace(".", " ").split()}
    assert {ident for ident, in found} == expected != set()
    assert dict(database.execute("SELECT id, json_array_length(authors) FROM articles")) == {
        ident: len(article.authors) for ident, article in articles.items()}
    database.execute("VACUUM")
    database.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
    database.close()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_file_for_each_article(export_to, articles, form):
    folder = export_to("texts", format=form)
    files = {path.stem[-16:]: path for path in folder.glob("*/*/*/*")} | {
        path.stem[-16:]: path for path in folder.glob("*/undated/*")}
    assert len([path for path in folder.glob("*/**/*") if path.is_file()]) == len(articles)
    article = next(article for article in articles.values() if article.revision == 1)
    text = files[article.id].read_text("utf-8")
    assert article.title in text
    assert article.blocks[0].text in text
    if form == "markdown":
        assert text.startswith(f'---\nid: "{article.id}"\n')


def test_no_name_leads_out_of_the_folder(tmp_path, write_dataset):
    write_dataset(tmp_path / "d", [{"id": "../../etc/x", "portal": ".."}, {"id": "a/b", "portal": "news.example.org"}])
    export(Request(tmp_path / "d", str(tmp_path / "texts"), format="text"))
    found = {str(path.relative_to(tmp_path / "texts")) for path in (tmp_path / "texts").rglob("*.txt")}
    assert found == {"_/undated/__.._etc_x.txt", "news.example.org/undated/a_b.txt"}


@pytest.mark.parametrize("name", [form.suffix or name for name, form in FORMATS.items()])
def test_nothing_to_write_is_an_empty_export(export_to, name):
    options = {"format": name} if not name.startswith(".") else {}
    assert export_to(f"empty{name}", selection=Selection(portals=("none",)), **options).exists()


def test_a_missing_library_is_one_line(dataset, tmp_path):
    code = ("import sys; sys.modules['pyarrow'] = None; sys.argv = ['malim', 'export', *sys.argv[1:]];"
            "from malim_scraper.cli import main; main()")
    done = subprocess.run([sys.executable, "-c", code, str(dataset), "-o", str(tmp_path / "m.parquet")],
                          capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        "Error: .parquet needs the extra 'export'. Install it: pip install 'malim_scraper[export]'\n")
    assert list(tmp_path.iterdir()) == []
