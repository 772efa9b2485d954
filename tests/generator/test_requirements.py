"""What an account needs is read from the prerequisites of a page, and from nowhere else."""

import pytest

from generator.requirements import requirements


def page(prerequisites: str) -> str:
    """Return the prose of a page, which mentions every plan outside of its prerequisites."""
    return (
        f"For Business accounts.\n\n**Prerequisites:**\n{prerequisites}\n\n"
        "**[Scopes](https://x):** `a:read`\n\n**[Rate Limit Label](https://x):** `LIGHT` on Pro plans"
    )


@pytest.mark.parametrize(
    ("prerequisites", "found"),
    [
        ("* A Pro or higher plan", ["Pro plan"]),
        ("* Pro, Business, or Education account", ["Pro plan"]),
        ("* A [Business](https://x) or a higher plan.", ["Business plan"]),
        ("* Pro plan with a Webinar add-on.", ["Pro plan", "Webinar add-on"]),
        ("* Pro with Zoom phone license", ["Pro plan", "Zoom Phone license"]),
        ("* A Zoom Rooms license", ["Zoom Rooms license"]),
        ("* The professional must be provisioned", []),
        ("", []),
    ],
)
def test_what_is_asked_for_is_read(prerequisites: str, found: list[str]) -> None:
    """An error that names the wrong plan sends people to buy it."""
    assert requirements(page(prerequisites)) == found


def test_pages_without_prerequisites_ask_for_nothing() -> None:
    """A page that praises a plan does not ask for it."""
    assert requirements("Works best on a Pro plan with a Webinar add-on.") == []
