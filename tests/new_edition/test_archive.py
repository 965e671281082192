"""A ZIP file, as the Department for Education's releases are, is added like the file in it."""

from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from toolkit.errors import InputError
from toolkit.new_edition import AddedEdition, FileToAdd, add_edition, archive

PLANS = "data/published/plans"


def add(project: Path, file: Path, within: str = "") -> AddedEdition:
    return add_edition(project, FileToAdd(file, within=within, published=date(2023, 1, 31)), date(2023, 2, 1))


def files(project: Path) -> dict[str, bytes]:
    paths = [path for path in project.rglob("*") if path.is_file() and ".cache" not in path.parts]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def zipped(folder: Path, **texts: str) -> Path:
    path = folder / "release.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name, text in texts.items():
            made.writestr(name.replace("__", "/"), text)
    return path


@pytest.fixture
def figures(tiny: Path) -> str:
    """The figures of an edition with one of them revised."""
    text = (tiny / PLANS / "figures.csv").read_text(encoding="utf-8")
    return text.replace("Northshire,Local authority,220", "Northshire,Local authority,222")


def test_the_only_file_of_a_release_is_added_and_its_guidance_is_not(tiny: Path, tmp_path: Path, figures: str) -> None:
    release = zipped(tmp_path, **{"data__plans.csv": figures, "data-guidance.txt": "How to use these files"})

    added = add(tiny, release)

    assert (added.source.id, added.registered) == ("plans", True)
    assert (tiny / PLANS / "plans.csv").read_text(encoding="utf-8") == figures


def test_of_several_files_one_is_named_and_that_one_is_added(tiny: Path, tmp_path: Path, figures: str) -> None:
    release, before = zipped(tmp_path, **{"data__plans.csv": figures, "data__other.csv": "a,b\n1,2\n"}), files(tiny)

    with pytest.raises(InputError, match=r"holds 2 files .*: data/other.csv, data/plans.csv") as refused:
        add(tiny, release)
    assert '--within "data/other.csv"' in str(refused.value)
    assert files(tiny) == before

    assert add(tiny, release, within="data/plans.csv").registered


@pytest.mark.parametrize(
    ("texts", "within", "message"),
    [
        ({"readme.txt": "nothing"}, "", "holds no CSV file and no workbook"),
        ({"plans.csv": "a,b"}, "plan.csv", r"holds no file 'plan.csv' \(did you mean 'plans.csv'"),
        ({"..__..__plans.csv": "a,b\n1,2\n"}, "", "holds no CSV file and no workbook"),
    ],
)
def test_an_archive_without_the_file_is_refused(
    texts: dict[str, str], within: str, message: str, tiny: Path, tmp_path: Path
) -> None:
    before = files(tiny)
    with pytest.raises(InputError, match=message):
        add(tiny, zipped(tmp_path, **texts), within=within)
    assert files(tiny) == before
    assert not (tmp_path.parent / "plans.csv").exists()


def test_a_file_that_unpacks_to_too_much_is_refused(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputError, match=r"plans.csv unpacks to 2 MB, more than the 1 MB allowed"):
        add(tiny, zipped(tmp_path, **{"plans.csv": "0" * 2_000_000}))


def test_a_name_within_a_plain_file_is_refused(tiny: Path, tmp_path: Path, figures: str) -> None:
    (tmp_path / "plans.csv").write_text(figures, encoding="utf-8")
    with pytest.raises(InputError, match="is no ZIP file"):
        add(tiny, tmp_path / "plans.csv", within="plans.csv")
