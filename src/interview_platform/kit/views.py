"""What all JSON shapes share: camelCase outside, snake_case inside, unknown input fields refused by name."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic.alias_generators import to_camel


class View(BaseModel):
    """An answer or a message that we send."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    def to_json(self) -> bytes:
        return self.__pydantic_serializer__.to_json(self, by_alias=True)


class Body(BaseModel):
    """A request or a frame that we receive."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, str_strip_whitespace=False)

    @field_validator("*", mode="after")
    @classmethod
    def _whole_characters(cls, value: Any) -> Any:
        r"""JSON can carry half a character (`"\ud800"`), which no database, hash or answer can."""
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise ValueError("Has half a character in it") from None
        return value
