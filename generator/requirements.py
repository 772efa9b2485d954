"""Requirements of an account besides scopes, from the prose of Zoom's pages: the lowest plan, licences by name."""

import re

_BLOCK = re.compile(r"\*\*Prerequisites?:?\*\*:?(.*?)(?=\*\*\[?(?:Granular )?Scopes|Rate Limit Label|\Z)", re.DOTALL)

# The lowest plan that is named is the one that will do: "Pro, Business, or Education account".
_PLANS = {
    "Pro plan": r"\bPro\b|\bpaid account",
    "Business plan": r"\bBusiness\b",
}
_LICENCES = {
    "Webinar add-on": r"webinar (?:plan )?add-?on|webinar plan\b",
    "Zoom Events or Webinars Plus license": r"Webinars? Plus|Events license",
    "Zoom Phone license": r"Zoom Phone (?:licen[sc]e|account)|\w Zoom phone licen|enabled Zoom phone",
    "Zoom Rooms license": r"Zoom Rooms? ?licen[sc]e|with Zoom Rooms",
    "Zoom Contact Center license": r"Contact Center licen[sc]e",
    "Video SDK account": r"Video SDK account",
    "Conference Room Connector subscription": r"CRC subscription",
    "Zoom Mail": r"Zoom Mail Service",
    "cloud recording": r"cloud recording",
}


def requirements(prose: str) -> list[str]:
    """Return what the prerequisites of a page ask for, the plan first; nothing where they ask for none of it."""
    block = "\n".join(_BLOCK.findall(prose))
    plan = next((name for name, pattern in _PLANS.items() if re.search(pattern, block)), None)
    named = [name for name, pattern in _LICENCES.items() if re.search(pattern, block, re.IGNORECASE)]
    return [plan, *named] if plan else named
