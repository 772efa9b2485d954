"""How the decoder reads the annotations of generated models: without loading models, and on every Python."""

import subprocess
import sys
from datetime import date, datetime
from typing import Any, Literal, get_type_hints

import attrs
import pytest

from zoom_api_client.core import decoding
from zoom_api_client.core.model import Model
from zoom_api_client.core.unset import File, Unset
from zoom_api_client.models import users
from zoom_api_client.models.users import AddGroupMembersBody

MODULE = AddGroupMembersBody.__module__
NAMES = {**vars(decoding), "AddGroupMembersBody": AddGroupMembersBody, "UserList": users.UserList}

FORMS = [
    "str",
    "bytes | File",
    "Any",
    "None | Unset",
    "datetime | date | Unset",
    "Literal['a', 'b'] | Unset",
    "Literal[-1, 0, 1] | None | Unset",
    "list[Literal['a'] | str] | Unset",
    "dict[str, Any]",
    "dict[str, list[AddGroupMembersBody]] | Unset",
    "AddGroupMembersBody | UserList | None | Unset",
]


@pytest.mark.parametrize("hint", FORMS)
def test_annotation_is_the_type_that_python_reads(hint: str) -> None:
    """Each form that the generator writes, against the standard library, which wants to know all names before."""
    holder = type("Holder", (), {"__annotations__": {"it": hint}})
    known = {**NAMES, "datetime": datetime, "date": date, "File": File, "Unset": Unset, "Any": Any, "Literal": Literal}
    assert decoding.resolve(hint, MODULE) == get_type_hints(holder, known)["it"]


def test_annotation_that_would_run_code_is_refused() -> None:
    """An annotation is read, not run."""
    with pytest.raises(TypeError, match="is not a type: __import__"):
        decoding.resolve("__import__('os')", MODULE)


def test_every_annotation_of_a_product_is_read() -> None:
    """All fields of all its models, those of other modules that they name included."""
    models: list[Any] = [
        each for name in dir(users) if isinstance(each := getattr(users, name), type) and issubclass(each, Model)
    ]
    assert len(models) > 100
    for model in models:
        for field in attrs.fields(model):
            assert decoding.resolve(field.type, model.__module__) is not None


def test_only_the_models_that_an_annotation_names_are_loaded() -> None:
    """Otherwise the first use of an operation would load a whole product."""
    code = f"""if True:
        import sys
        from zoom_api_client.core import decoding
        decoding.resolve("list[AddGroupMembersBody] | Unset", {users.__name__!r})
        print(sum(name.startswith({users.__name__ + "."!r}) for name in sys.modules))"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "1"
