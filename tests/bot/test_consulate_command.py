"""`amparo consulate list` and `nearest`: the keys others build on, and what wrong use is told."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.real_knowledge import FOLDER, real_knowledge

KEYS = {"id", "origin", "host", "city", "kind", "telephone", "emergency_telephone", "distance_km", "why"}


def run(*arguments):
    return CliRunner().invoke(app, ["consulate", *arguments], env={"AMPARO_KNOWLEDGE_DIR": str(FOLDER)})


def nearest(home, work, *arguments):
    result = run("nearest", "--home", home, "--work", work, *arguments, "--as-of", "2026-11-25", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(
    ("home", "work", "where", "post", "why"),
    [
        ("gt", "us", ("--region", "US-IA"), "gt-us-omaha", "nearest"),
        ("ni", "cr", ("--city", "Upala"), "ni-cr-san-jose", "nearest"),
        ("do", "us", ("--region", "US-NY"), "do-us-new-york", "nearest"),
        ("hn", "mx", ("--lat", "14.9", "--lon", "-92.26"), "hn-mx-tapachula", "nearest"),
        ("bz", "us", ("--city", "Chicago"), "bz-us-chicago", "nearest"),
        ("mx", "ca", ("--city", "Leamington"), "mx-ca-leamington", "nearest"),
        ("ca", "mx", ("--city", "Cancún"), "ca-mx-cancun", "nearest"),
        ("bz", "ca", (), "bz-us-washington", "other_country"),
        ("hn", "sv", (), None, "protection_line"),
        ("gt", "bz", (), None, "ministry"),
    ],
)
def test_nearest_says_which_post_and_why(home, work, where, post, why):
    row = nearest(home, work, *where)

    assert row.keys() >= KEYS
    assert (row["id"], row["why"]) == (post, why)
    assert row["ministry"]["directory"].startswith("https://")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--home", "gt", "--work", "gt"),
        ("--home", "xx", "--work", "us"),
        ("--home", "gt", "--work", "us", "--region", "US-XX"),
        ("--home", "gt", "--work", "us", "--region", "MX-CHP"),
        ("--home", "gt", "--work", "us", "--lat", "10"),
        ("--home", "gt", "--work", "us", "--city", "Atlantis"),
        ("--home", "gt", "--work", "us", "--language", "xx"),
        ("--home", "gt"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_to_do(arguments):
    result = run("nearest", *arguments)

    assert result.exit_code == 2
    assert result.output.strip()


def test_the_list_has_what_may_be_shown_and_drafts_only_on_demand():
    shown = json.loads(run("list", "--home", "gt", "--work", "mx", "--as-of", "2026-11-25", "--json").output)
    every = json.loads(run("list", "--home", "gt", "--work", "mx", "--as-of", "2026-11-25", "--drafts", "--json").output)
    posts = [id_ for id_, post in real_knowledge().consulates["gt"].posts.items() if post.host == "mx"]

    assert [row["id"] for row in every] == posts
    assert [row for row in every if row["shown"]] == shown
    assert len(shown) < len(every)
