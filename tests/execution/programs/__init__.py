"""Small programs in the languages that `languages install` brings; those of the first six are in tests/contracts."""

from collections.abc import Mapping

from tests.execution.programs import compiled, functional, scripts
from tests.execution.programs.tried import Tried

TRIED: Mapping[str, Tried] = {**compiled.TRIED, **scripts.TRIED, **functional.TRIED}
