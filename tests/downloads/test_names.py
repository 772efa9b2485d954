"""Names of files: good on every system, whatever a topic is."""

import pytest

from zoom_api_client.downloads import file_name, file_names


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("Weekly sync", "Weekly sync x.mp4"),
        ("../../etc/passwd", "_.._etc_passwd x.mp4"),
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i x.mp4"),
        ("line\nend\x00", "line_end_ x.mp4"),
        ("evil\u202e4pm.exe", "evil_4pm.exe x.mp4"),
        ("  .hidden. ", "hidden x.mp4"),
        ("", "x.mp4"),
        ("Zürich 会議 🎥", "Zürich 会議 🎥 x.mp4"),
        ("e\u0301te\u0301", "été x.mp4"),
        ("half \ud83c", "half _ x.mp4"),
    ],
)
def test_topic_becomes_a_name(topic: str, expected: str) -> None:
    """A topic is free text of whoever planned the meeting: it must not lead out of the directory, or hide a file."""
    assert file_name(topic, "x", extension="MP4") == expected


@pytest.mark.parametrize("word", ["CON", "nul", "Com1", "LPT9", "AUX.2026", "com¹"])
def test_name_that_windows_keeps_for_itself_gets_a_mark(word: str) -> None:
    """Such a file cannot be opened there, nor deleted."""
    assert file_name(word, extension="") == f"_{word}"
    assert file_name(word, extension="m4a") == f"_{word}.m4a"


@pytest.mark.parametrize("letter", ["a", "é", "会", "🎥"])
def test_long_topic_is_cut_and_the_rest_stays(letter: str) -> None:
    """File systems count 255 bytes, not letters; the kind and the extension tell the files apart."""
    name = file_name(letter * 500, "2026-03-01 10-00-00Z", "gallery_view", extension="MP4")
    assert name.endswith(f"{letter} 2026-03-01 10-00-00Z gallery_view.mp4")
    assert 196 <= len(name.encode()) <= file_names.LONGEST


def test_everything_long_is_still_a_name() -> None:
    """Nothing that Zoom sends makes a name that cannot be written."""
    name = file_name("a" * 500, "b" * 500, "c" * 500, extension="../" + "d" * 500)
    assert len(name.encode()) <= file_names.LONGEST
    assert "/" not in name


def test_same_names_get_numbers_in_order() -> None:
    """`A` and `a` are one file on some systems."""
    assert file_names.distinct(["a.mp4", "b.mp4", "A.mp4", "a (2).mp4", "a.mp4", "c", "c"]) == [
        "a.mp4",
        "b.mp4",
        "A (2).mp4",
        "a (2) (2).mp4",
        "a (3).mp4",
        "c",
        "c (2)",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-01T10:00:00Z", "2026-03-01 10-00-00Z"),
        ("2026-03-01T12:00:00+02:00", "2026-03-01 10-00-00Z"),
        ("2026-03-01T10:00:00", "2026-03-01 10-00-00"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_time_is_spelled_in_utc(given: object, expected: str) -> None:
    """Colons are not for names; two machines must find the same one; a time without a zone is not made UTC."""
    assert file_names.moment(given) == expected
