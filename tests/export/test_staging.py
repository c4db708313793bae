"""Output appears only when it is whole."""

import pytest

from malim_scraper.errors import DatasetError, UsageError
from malim_scraper.export import Request, Split, export
from malim_scraper.export.records import Choice, Selection


class Stopped(Exception):
    pass


def stop_after(count):
    left = iter(range(count))

    def advance(doing, total):
        if doing.startswith("writing") and next(left, None) is None:
            raise Stopped

    return advance


@pytest.mark.parametrize(("name", "options"), [
    ("m.csv", {}), ("m.jsonl", {"split": Split((0.5, 0.5))}), ("m.sqlite", {}), ("texts", {"format": "text"}),
])
def test_a_stopped_export_leaves_the_former_one(dataset, tmp_path, name, options):
    target = tmp_path / "out" / name
    request = Request(dataset, str(target), **options)
    with pytest.raises(Stopped):
        export(request, advance=stop_after(20))
    assert list((tmp_path / "out").iterdir()) == []
    export(request)
    before = contents(tmp_path)
    with pytest.raises(Stopped):
        export(request, advance=stop_after(20))
    assert contents(tmp_path) == before
    export(request)
    assert contents(tmp_path).keys() == before.keys()


def contents(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("options", [{}, {"split": Split((0.5, 0.5))}])
def test_the_records_are_never_replaced(tmp_path, write_dataset, options):
    write_dataset(tmp_path / "d", [{"id": "a"}, {"id": "a", "revision": 2}])
    with pytest.raises(UsageError, match="among the records"):
        export(Request(tmp_path / "d", str(tmp_path / "d" / ".." / "d" / "articles.jsonl"), **options))
    export(Request(tmp_path / "d", str(tmp_path / "d" / "articles.csv"), **options))


def test_a_foreign_folder_is_not_replaced(dataset, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match="no earlier export"):
        export(Request(dataset, str(tmp_path / "texts"), format="text"))
    assert [path.name for path in tmp_path.rglob("*")] == ["texts", "diary.txt"]


def test_a_place_that_cannot_be_written_is_one_line(dataset, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="cannot write here"):
        export(Request(dataset, str(tmp_path / "file" / "m.csv")))


def test_records_that_went_meanwhile_are_noticed(dataset, tmp_path, write_dataset):
    folder = tmp_path / "d"
    write_dataset(folder, [{"id": "a"}, {"id": "b"}])
    choice = Choice.make(folder, Selection(), Split())
    write_dataset(folder, [{"id": "a"}])
    with pytest.raises(DatasetError, match="Export again"):
        list(choice.records(""))


@pytest.mark.parametrize(("name", "options"), [("m.csv", {}), ("texts", {"format": "text"})])
def test_an_address_is_written_through_fsspec(dataset, tmp_path, name, options):
    fsspec = pytest.importorskip("fsspec", reason="addresses need the extra 'remote'")
    export(Request(dataset, f"memory://bucket/{name}", **options))
    system = fsspec.filesystem("memory")
    export(Request(dataset, str(tmp_path / name), **options))
    local = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.removeprefix("/bucket/") for path in system.find("/bucket")} == local
    system.rm("/bucket", recursive=True)


def test_an_unknown_protocol_is_wrong_usage(dataset):
    pytest.importorskip("fsspec", reason="addresses need the extra 'remote'")
    with pytest.raises(UsageError, match="nowhere"):
        export(Request(dataset, "nowhere://bucket/m.csv"))
