"""What rooms, the API and the command rely on."""

from collections.abc import Iterable

import pytest

from interview_platform.execution.languages.all import LANGUAGES
from tests.contracts.runner import LANGUAGES as FIRST_SIX
from tests.execution.programs import TRIED

BY_ID = {language.id: language for language in LANGUAGES}


def _twice(values: Iterable[str]) -> set[str]:
    values = list(values)
    return {value for value in values if values.count(value) > 1}


def test_names_are_different() -> None:
    for names in ([one.id for one in LANGUAGES], [one.name for one in LANGUAGES], [one.file_name for one in LANGUAGES]):
        assert _twice(names) == set()


def test_every_language_is_tried() -> None:
    assert set(BY_ID) == set(TRIED) | set(FIRST_SIX)


@pytest.mark.parametrize("language", BY_ID)
def test_packages_say_their_size(language: str) -> None:
    one = BY_ID[language]
    assert bool(one.packages) is (one.megabytes > 0)
    assert one.starter.endswith("\n")
