"""A summary says in right English what the facts say, and not the name again: all of them are read."""

import re
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from generator import casing, english
from generator.summaries import LONGEST, Facts, summary
from zoom_api_client.api import Operation, operations

FACTS = re.compile(r"page by page|returns |`\w+`")
FILLERS = frozenset("a an the".split())


@cache
def summaries() -> dict[str, tuple[Operation[Any], str]]:
    """Return each operation, by name, with the first line of what `request` says of it."""
    return {
        str(each): (each, (import_module(each.module).request.__doc__ or "").partition("\n")[0])
        for each in operations(master=True)
    }


def test_summary_is_one_line_and_a_sentence() -> None:
    """It begins with a capital, ends with a full stop, and fits on a line."""
    wrong = [said for _, said in summaries().values() if not re.fullmatch(rf"[A-Z].{{3,{LONGEST - 2}}}\.", said)]
    assert len(summaries()) >= 1700
    assert wrong == []


def test_summary_is_not_the_name_again() -> None:
    """Without its articles it has other words than the name has, or a fact."""
    again = []
    for operation, said in summaries().values():
        words = {word for word in casing.words(said.replace("H.323", "h323")) if word not in FILLERS}
        if words <= set(operation.name.split("_")) and not FACTS.search(said):
            again.append(f"{operation}: {said}")
    assert again == []


def test_summary_has_no_misspelt_plural() -> None:
    """`inboxs` and `policys` are not English; `inbox's` is."""
    words = [word for _, said in summaries().values() for word in re.findall(r"[A-Za-z']+", re.sub(r"`.*?`", "", said))]
    assert [word for word in words if english.is_misspelt_plural(word.lower())] == []


def test_deprecated_operation_names_its_successor() -> None:
    """Whoever reads it knows what to call instead, by its name here."""
    known = {str(each) for each in operations()} | {each.name for each in operations()}
    deprecated = [(each, said) for each, said in summaries().values() if each.successor]
    assert len(deprecated) > 40
    for operation, said in deprecated:
        named = re.match(r"Deprecated, use `([\w.]+)`", said)
        assert named, f"{operation}: {said}"
        assert named[1] in known


def test_article_and_verb_agree() -> None:
    """No summary has `a` before a vowel, `an` before a consonant, or one article after another."""
    texts = [re.sub(r"`.*?`", "X", said) for _, said in summaries().values()]
    wrong = re.compile(r"\b(?:a [aeio]|an [bcdfgjkpqtvwyz]|(?:a|an|the) (?:a|an|the|and|or) )")
    assert [said for said in texts if wrong.search(said)] == []


def facts(name: str, method: str = "GET", **others: Any) -> str:
    """Return the summary of an operation of this name."""
    known: dict[str, Any] = {"ids": [], "body": "", "returns": "None", "paged": False}
    return summary(Facts(name=name, method=method, **{**known, **others}))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (facts("get_inboxs_users", ids=["inbox_id"], paged=True, returns="Users"),
         "Get the inbox's users by `inbox_id`, page by page; returns `Users`."),
        (facts("list_users_channels", ids=["user_id"], paged=True),
         "List the user's channels for `user_id`, page by page; returns nothing."),
        (facts("create_sms_campaign", "POST", body="CreateSmsCampaignBody", returns="SmsCampaign"),
         "Create an SMS campaign from `CreateSmsCampaignBody`; returns `SmsCampaign`."),
        (facts("delete_h323_sip_device", "DELETE", ids=["device_id"]),
         "Delete the H.323 SIP device by `device_id`; returns nothing."),
        (facts("get_prospect_by_id", ids=["prospect_id"], returns="Prospect"),
         "Get the prospect by `prospect_id`; returns `Prospect`."),
        (facts("download_fax_file", ids=["file_id"], returns="bytes"),
         "Download the fax file by `file_id`; returns the bytes of a file."),
        (facts("batch_delete_polls", "DELETE"), "Delete the polls in one call; returns nothing."),
        (facts("star_or_unstar_channel", "PATCH"), "Star or unstar the channel; returns nothing."),
        (facts("get_deals_deprecated", successor="list_deals", said=""),
         "Deprecated, use `list_deals`: get the deals; returns nothing."),
        (facts("get_x", successor="list_x", said="Return it."), "Deprecated, use `list_x`: return it."),
        (facts("get_" + "very_" * 12 + "long_x", successor="y" * 40), f"Deprecated, use `{'y' * 40}`."),
        (facts("upload_clip_file", "POST"), "Upload a clip file; returns nothing."),
        (facts("vod_x", "GET"), "Get the VOD x; returns nothing."),
    ],
)  # fmt: skip
def test_name_becomes_a_sentence(said: str, expected: str) -> None:
    """Possessives, articles and capitals are English; what the name does not say follows as far as there is room."""
    assert said == expected
