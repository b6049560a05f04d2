"""The languages in the order in which people are offered them."""

from collections.abc import Sequence

from interview_platform.execution.languages.base import Language
from interview_platform.execution.languages.c import C
from interview_platform.execution.languages.cpp import Cpp
from interview_platform.execution.languages.java import Java
from interview_platform.execution.languages.javascript import JavaScript
from interview_platform.execution.languages.python import Python
from interview_platform.execution.languages.typescript import TypeScript
from interview_platform.execution.ports import LanguageInfo

LANGUAGES: Sequence[Language] = (Python(), JavaScript(), TypeScript(), Java(), Cpp(), C())


def known_languages() -> Sequence[LanguageInfo]:
    """All that the product knows, whether they can be run here or not."""
    return [LanguageInfo(one.id, one.name, "", one.monaco, one.file_name) for one in LANGUAGES]
