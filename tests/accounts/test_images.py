import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from interview_platform.accounts.images import PIXELS_MAX, SIDE, UPLOAD_MAX
from interview_platform.accounts.limits import AccountLimits
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.accounts.pictures import data_url, encoded, png
from tests.api import Api, Browser, assemble


async def uploaded(browser: Browser, content: bytes) -> tuple[str, Image.Image, bytes]:
    """The picture's address, pixels and bytes after `content` was uploaded."""
    address = (await browser.call("PATCH", "/api/auth/me", {"profileImage": data_url(content)}))["user"]["profileImage"]
    answer = await browser.get(address)
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as image:
        image.load()
        return address, image, answer.content


def near(pixel: Any, color: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel[:3], color, strict=True))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_a_picture_becomes_a_square_webp_of_ours(api: Api, format: str) -> None:
    content = encoded(Image.new("RGB", (400, 300), (200, 30, 30)), format)
    _, image, _ = await uploaded(await api.person(), content)
    assert (image.format, image.size) == ("WEBP", (SIDE, SIDE))
    assert near(image.convert("RGB").getpixel((128, 128)), (200, 30, 30))


async def test_it_is_served_to_anyone_for_ever_and_harmlessly(api: Api) -> None:
    address, _, _ = await uploaded(await api.person(), png())
    answer = await api.browser().get(address)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "set-cookie" not in answer.headers


async def test_everybody_sees_it_with_the_session(api: Api) -> None:
    ada = await api.person()
    address, _, _ = await uploaded(ada, png())
    assert (await ada.create())["host"]["profileImage"] == address


async def test_the_middle_is_kept(api: Api) -> None:
    wide = Image.new("RGB", (300, 100), "black")
    wide.paste((0, 200, 0), (100, 0, 200, 100))
    _, image, _ = await uploaded(await api.person(), encoded(wide, "PNG"))
    corners = [image.convert("RGB").getpixel(at) for at in ((3, 3), (252, 3), (3, 252), (252, 252))]
    assert all(near(corner, (0, 200, 0)) for corner in corners)


async def test_a_phones_photo_stands_upright_and_its_place_is_gone(api: Api) -> None:
    lying = Image.new("RGB", (200, 200), "black")
    lying.paste((255, 255, 255), (0, 0, 100, 200))  # left half white: the top, once turned
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif[0x010E] = "secret place"
    content = encoded(lying, "JPEG", exif=exif, quality=95)
    assert b"secret place" in content
    _, image, out = await uploaded(await api.person(), content)
    pixels = image.convert("RGB")
    assert near(pixels.getpixel((128, 20)), (255, 255, 255))
    assert near(pixels.getpixel((128, 236)), (0, 0, 0))
    assert b"secret place" not in out
    assert not image.getexif()


async def test_transparency_stays(api: Api) -> None:
    _, image, _ = await uploaded(await api.person(), encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert image.convert("RGBA").getpixel((128, 128))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK"])
async def test_unusual_pixels_are_understood(api: Api, mode: str) -> None:
    await uploaded(await api.person(), encoded(Image.new(mode, (64, 64)), "JPEG" if mode == "CMYK" else "PNG"))


async def test_nothing_but_pixels_survives(api: Api) -> None:
    """A file that is a picture and a page at once leaves as a picture only."""
    script = b"<script>alert(1)</script>"
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", script.decode())
    content = encoded(Image.new("RGB", (30, 30)), "PNG", pnginfo=info, icc_profile=script * 9) + script
    address, _, out = await uploaded(await api.person(), content)
    assert b"script" not in out
    assert address.endswith(".webp")


async def test_the_same_picture_has_the_same_address(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    first, second = await uploaded(ada, png()), await uploaded(bob, png())
    assert first[0] == second[0]
    await ada.call("PATCH", "/api/auth/me", {"profileImage": None})
    assert (await api.browser().get(first[0])).status_code == 200  # still Bob's
    await bob.call("PATCH", "/api/auth/me", {"profileImage": None})
    assert (await api.browser().get(first[0])).status_code == 404


async def test_a_picture_can_be_removed(api: Api) -> None:
    ada = await api.person()
    address, _, _ = await uploaded(ada, png())
    assert (await ada.call("PATCH", "/api/auth/me", {"profileImage": None}))["user"]["profileImage"] is None
    assert (await ada.get(address)).status_code == 404


def bomb() -> bytes:
    """A PNG of 50,000 x 50,000 black pixels in a few kilobytes: 7.5 GB once unpacked."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )


def just_too_many_pixels() -> bytes:
    return encoded(Image.new("1", (5001, PIXELS_MAX // 5000)), "PNG")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "given",
    [
        data_url(SVG, "image/svg+xml"),
        data_url(SVG),
        data_url(b"\x89PNG\r\n\x1a\n"),
        data_url(png()[:60]),
        data_url(b""),
        data_url(b"GIF89a<script>alert(1)</script>", "image/gif"),
        data_url(encoded(Image.new("RGB", (9, 9)), "BMP"), "image/bmp"),
        data_url(encoded(Image.new("RGB", (9, 9)), "TIFF"), "image/tiff"),
        data_url(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        data_url(bomb()),
        data_url(just_too_many_pixels()),
        "data:image/png;base64,@@@@",
        "data:image/png;base64,é",
        "data:image/png,plain",
        "data:text/html;base64,PGI+",
        "https://example.org/me.png",
        "/api/images/x.webp",
        "nonsense",
    ],
)
async def test_what_is_no_good_picture_is_refused_and_changes_nothing(api: Api, given: str) -> None:
    ada = await api.person()
    answer = await ada.patch("/api/auth/me", json={"name": "Changed", "profileImage": given})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_image")
    assert list(answer.json()["fields"]) == ["profileImage"]
    assert (await ada.call("GET", "/api/auth/me"))["user"] == ada.me


async def test_a_picture_beyond_five_megabytes_is_too_large(api: Api) -> None:
    ada = await api.person()
    for size in (UPLOAD_MAX + 1, UPLOAD_MAX + 200_000):
        answer = await ada.patch("/api/auth/me", json={"profileImage": data_url(png() + bytes(size - len(png())))})
        assert (answer.status_code, answer.json()["code"]) == (413, "image_too_large")
    exactly = png() + bytes(UPLOAD_MAX - len(png()))
    await uploaded(ada, exactly)


@pytest.mark.parametrize("name", ["x", "a" * 40 + ".svg", "..%2f..%2fetc%2fpasswd", "%00", "a" * 40 + ".webp", "é"])
async def test_an_unknown_picture_is_not_found(api: Api, name: str) -> None:
    assert await api.browser().refused("GET", f"/api/images/{name}") == (404, "not_found")


async def test_uploads_are_limited(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(images=Limit(2, 60)))
    ada = await api.person()
    await uploaded(ada, png())
    await uploaded(ada, png(color="red"))
    refused = await ada.refused("PATCH", "/api/auth/me", {"profileImage": data_url(png())})
    assert refused == (429, "too_fast")
    await api.close()
