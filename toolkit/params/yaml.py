"""A file of params held against its model: strict types, no unknown keys, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from toolkit.errors import InputError, Problem
from toolkit.params.model_errors import problem_of
from toolkit.params.yaml_file import KeyPath, YamlDocument, read_yaml

__all__ = ["KeyPath", "ModelCheck", "Params", "YamlDocument", "clash", "read_yaml", "validate"]


class Params(BaseModel):
    """Base of every model of the params: strict types, no unknown keys, frozen."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


Model = TypeVar("Model", bound=BaseModel)
ModelCheck = Callable[[Model, YamlDocument], Iterable[Problem]]


def validate(
    document: YamlDocument, model: type[Model], against: ModelCheck[Model] | None = None, **extra: Any
) -> Model:
    """The document as ``model``; ``extra`` adds what the file's place says (its id). All problems come at once.

    ``against`` says what is wrong with it beside its own words. Where items of lists cannot be read, it is asked about
    the rest, with the document of the rest: one mistake hides no other.
    """
    if not isinstance(document.data, dict):
        raise InputError(Problem(document.file, 1, "this file must be a list of 'key: value' lines"))
    problems = list(document.faults)
    valid, rest = None, document
    try:
        valid = model.model_validate({**document.data, **extra})
    except ValidationError as errors:
        emptied = [error for error in errors.errors() if error["type"] == "too_short" and _lost_items(error)]
        problems += [problem_of(document, model, error) for error in errors.errors() if error not in emptied]
        if against:
            valid, rest = _rest(document, model, errors, extra)
    if valid is not None and against:
        problems += against(valid, rest)
    if valid is None or problems:
        raise InputError(problems)
    return valid


def _lost_items(error: Any) -> bool:
    """True for a list that is too short only because items of it, reported on their own, could not be read."""
    return int(error["ctx"]["actual_length"]) < len(error["input"])


def _rest(
    document: YamlDocument, model: type[Model], errors: ValidationError, extra: Mapping[str, Any]
) -> tuple[Model | None, YamlDocument]:
    """What is left without the items of the outermost lists that cannot be read; None where a fault lies elsewhere."""
    wrong = [error["loc"] for error in errors.errors()]
    places = [next((at for at, part in enumerate(loc) if isinstance(part, int)), None) for loc in wrong]
    rest = document.drop_items({loc[: at + 1] for loc, at in zip(wrong, places, strict=True) if at is not None})
    try:
        return model.model_validate({**rest.data, **extra}), rest
    except ValidationError:
        return None, rest


def clash(what: str) -> PydanticCustomError:
    """An error for a key that does not go with another: reported as written, with whatever else is wrong."""
    return PydanticCustomError("clash", what)
