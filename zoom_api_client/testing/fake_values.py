"""Values that look real, each made from dice: the same dice give the same value."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import attrs

FIRST_NAMES = ("Jane", "Omar", "Mei", "Lucía", "Kofi", "Anna", "Ravi", "Chloé")
LAST_NAMES = ("Doe", "Haddad", "Chen", "García", "Mensah", "Novak", "Iyer", "Martin")

_EPOCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
_MAILBOXES = ("jane.doe", "omar.haddad", "mei.chen", "lucia.garcia", "kofi.mensah", "anna.novak", "ravi.iyer", "chloe")
_THINGS = ("North", "Harbor", "Maple", "Summit", "Orchid", "Delta")
_LATER = re.compile(r"end|until|expir|leave|left|complet|last|modif|update|^to$", re.IGNORECASE)


@attrs.frozen
class Dice:
    """Randomness that is a function of a seed and of the place of a value, so that a new field moves no other value."""

    seed: int
    place: str

    @property
    def digest(self) -> bytes:
        """Sixteen bytes."""
        return hashlib.blake2b(f"{self.seed}:{self.place}".encode(), digest_size=16).digest()

    @property
    def number(self) -> int:
        """A number below 2 ** 32."""
        return int.from_bytes(self.digest[:4], "big")

    @property
    def beside(self) -> Dice:
        """The dice of the object that the value is a field of: what belongs together is made from it."""
        return Dice(self.seed, self.place.rpartition(".")[0])

    def of(self, field: str) -> Dice:
        """Return the dice of another field of the same object."""
        return Dice(self.seed, f"{self.beside.place}.{field}")


Maker = Callable[[Dice, str], str]


def one_of(*choices: str) -> Maker:
    """Make one of some texts."""
    return lambda dice, _name: choices[dice.number % len(choices)]


def same_of(choices: tuple[str, ...]) -> Maker:
    """Make one of some texts, and the same one for all fields of an object."""
    return lambda dice, _name: choices[dice.beside.number % len(choices)]


def digits(lowest: int, highest: int) -> Maker:
    """Make the text of a number."""
    return lambda dice, _name: str(lowest + dice.number % (highest - lowest + 1))


def nothing(_dice: Dice, _name: str) -> str:
    """Make the token of the last page."""
    return ""


def uuid(dice: Dice, _name: str) -> str:
    """Make a UUID as Zoom writes it: base64, every third with slashes where they hurt."""
    plain = base64.b64encode(dice.digest).decode()
    return {0: f"/{plain[1:]}", 1: f"{plain[:7]}//{plain[9:]}"}.get(dice.number % 6, plain)


def usual_uuid(dice: Dice, _name: str) -> str:
    """Make a UUID as everybody else writes it."""
    text = dice.digest.hex()
    return "-".join((text[:8], text[8:12], "4" + text[13:16], "a" + text[17:20], text[20:]))


def identifier(dice: Dice, _name: str) -> str:
    """Make an id as Zoom writes most of them."""
    return base64.urlsafe_b64encode(dice.digest).decode().rstrip("=")


def meeting_number(dice: Dice) -> int:
    """Make the id of a meeting: eleven digits, more than 32 bits hold."""
    return 80_000_000_000 + dice.number * 3 % 9_999_999_999


def meeting_digits(dice: Dice, _name: str) -> str:
    """Make the id of a meeting as text."""
    return str(meeting_number(dice))


def moment(dice: Dice, name: str) -> datetime:
    """Make a time of the year 2026; what ends does so after what starts beside it."""
    start = _EPOCH + timedelta(days=dice.beside.number % 300, minutes=dice.beside.number // 300 % 32 * 15)
    return start + timedelta(minutes=45 if _LATER.search(name) else 0)


def time(dice: Dice, name: str) -> str:
    """Make a time in UTC."""
    return moment(dice, name).strftime("%Y-%m-%dT%H:%M:%SZ")


def date(dice: Dice, name: str) -> str:
    """Make a date."""
    return moment(dice, name).strftime("%Y-%m-%d")


def email(dice: Dice, _name: str) -> str:
    """Make an address that belongs to nobody."""
    return f"{_MAILBOXES[dice.number % len(_MAILBOXES)]}{dice.number // 8 % 90 + 10}@example.com"


def person(dice: Dice, name: str) -> str:
    """Make the name of a person, the same for all fields of an object."""
    return f"{same_of(FIRST_NAMES)(dice, name)} {same_of(LAST_NAMES)(dice, name)}"


def thing(dice: Dice, name: str) -> str:
    """Make a name that says what is named: `queue_name` is "Harbor queue"."""
    kind = re.sub("_?(name|title)$", "", name, flags=re.IGNORECASE).replace("_", " ")
    return f"{_THINGS[dice.number % len(_THINGS)]} {kind}".strip()


def url(dice: Dice, name: str) -> str:
    """Make an address at which there is nothing."""
    return f"https://example.com/{re.sub('[^a-z_]', '', name.lower())}/{dice.digest[:6].hex()}"


def zoom_url(place: str) -> Maker:
    """Make an address at Zoom that leads nowhere."""
    return lambda dice, _name: f"https://zoom.us/{place}/{dice.digest[:6].hex()}"


def join_url(dice: Dice, _name: str) -> str:
    """Make the link into the meeting whose id stands beside it."""
    return f"https://zoom.us/j/{meeting_number(dice.of('id'))}?pwd={dice.digest[:8].hex()}"


def start_url(dice: Dice, _name: str) -> str:
    """Make the link that opens the meeting whose id stands beside it, as its host."""
    return f"https://zoom.us/s/{meeting_number(dice.of('id'))}?zak={dice.digest[:8].hex()}"


def download_url(dice: Dice, _name: str) -> str:
    """Make the address of a file, with the size that stands beside it: `recordings` serves it."""
    return f"https://zoom.us/rec/download/{dice.digest[:6].hex()}{file_size(dice):06x}"


def file_size(dice: Dice) -> int:
    """Make the size of a file, the same for all fields of an object."""
    return 20_000 + dice.beside.number % 180_000


def measure(unit: str) -> Maker:
    """Make a number with a unit, as Zoom's reports of quality have them."""
    return lambda dice, _name: f"{1 + dice.number % 60}{unit}"


def street(dice: Dice, _name: str) -> str:
    """Make the first line of an address."""
    return f"{1 + dice.number % 200} {_THINGS[dice.number % len(_THINGS)]} Street"


def phone(dice: Dice, _name: str) -> str:
    """Make a number of the range that is kept for stories."""
    return f"+1205555{dice.number % 100 + 100:04}"


def short_hex(dice: Dice, _name: str) -> str:
    """Make a short code."""
    return dice.digest[:4].hex()


def color(dice: Dice, _name: str) -> str:
    """Make a colour."""
    return f"#{dice.digest[:3].hex().upper()}"


def version(dice: Dice, _name: str) -> str:
    """Make the number of a version."""
    return f"6.{dice.number % 9}.{dice.number // 9 % 20}"


def ip_address(dice: Dice, _name: str) -> str:
    """Make an address of the network that is kept for documentation."""
    return f"192.0.2.{dice.number % 254 + 1}"


def mac_address(dice: Dice, _name: str) -> str:
    """Make the hardware address of a device."""
    return ":".join(f"{byte:02X}" for byte in dice.digest[:6])


def file_name(dice: Dice, _name: str) -> str:
    """Make the name of a file."""
    return f"report-{dice.number % 1000}.pdf"
