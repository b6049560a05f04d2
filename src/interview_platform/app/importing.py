"""`interview-platform import`: takes over an original database."""

from interview_platform.app.compose import CannotStart
from interview_platform.app.settings import Settings
from interview_platform.app.stores import open_stores
from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.problems.embedded import load_bank
from interview_platform.problems.loader import BadPackage


async def import_original(settings: Settings, url: str) -> str:
    """The report for the terminal. Raises CannotStart."""
    # Imported only here: 0.1 s that no other command need take.
    from interview_platform.providers.mongo.importer import Importer, read_original  # noqa: PLC0415

    if not url.startswith(("mongodb://", "mongodb+srv://")):
        raise CannotStart("The address of the original's database starts with mongodb:// or mongodb+srv://")
    try:
        bank = load_bank(settings.problems_path)
        original = await read_original(url)
        stores = await open_stores(settings)
    except (CannotOpen, BadPackage) as error:
        raise CannotStart(str(error)) from error
    try:
        report = await Importer(stores.people, stores.sessions, bank).take(original)
    except StorageUnavailable as error:
        raise CannotStart(
            f"The import broke off: {stores.name} does not answer. Run it again: it goes on where it stopped."
        ) from error
    finally:
        await stores.close()
    return "\n".join([f"Into {stores.name}", *report.lines()])
