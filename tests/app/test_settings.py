from pathlib import Path

import pytest

from interview_platform.app.settings import BadSettings, Settings, ignored_keys, load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = load_settings()
    assert (settings.port, settings.host, settings.data_dir) == (3000, "127.0.0.1", Path("data"))
    assert settings.db_url is None


def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nDATA_DIR=/from/file\n")
    monkeypatch.setenv("PORT", "5000")
    settings = load_settings()
    assert (settings.port, settings.data_dir) == (5000, Path("/from/file"))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "many"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"TURN_URL": "turn:turn.example.org"}, "TURN_SECRET is missing"),
        ({"TURN_SECRET": "hush"}, "TURN_URL is missing"),
        ({"DB_URL": "mysql://user:hush@host/db"}, "DB_URL"),
        ({"CLERK_SECRET_KEY": "hush"}, "Clerk is half set: CLERK_PUBLISHABLE_KEY is missing"),
        ({"CLERK_JWT_KEY": "hush"}, "CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY is missing"),
        ({"OIDC_ISSUER": "google", "OIDC_CLIENT_ID": "x"}, "OIDC_CLIENT_SECRET is missing"),
        ({"STREAM_API_KEY": "x"}, "STREAM_API_SECRET_KEY is missing"),
        ({"STREAM_BASE_URL": "https://x; script-src *"}, "STREAM_BASE_URL"),
        ({"LIVEKIT_URL": "wss://x", "LIVEKIT_API_SECRET": "hush"}, "LIVEKIT_API_KEY is missing"),
        ({"LIVEKIT_EGRESS_PATH": "recordings"}, "LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET is missing"),
        ({"LIVEKIT_URL": "livekit.example.org"}, "LIVEKIT_URL"),
        ({"LIVEKIT_URL": "wss://key:hush@livekit.example.org"}, "LIVEKIT_URL"),
        ({"LIVEKIT_URL": "wss://x; script-src *"}, "LIVEKIT_URL"),
        ({"PISTON_API_KEY": "hush"}, "PISTON_URL is missing"),
        ({"INNGEST_EVENT_KEY": "hush"}, "INNGEST_SIGNING_KEY is missing"),
        ({"INNGEST_EVENT_KEY": "x", "INNGEST_SIGNING_KEY": "hush"}, "INNGEST_SIGNING_KEY: is no signing key"),
        ({"INNGEST_BASE_URL": "http://here:8288"}, "INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY is missing"),
        ({"INNGEST_BASE_URL": "inngest.example.org"}, "INNGEST_BASE_URL: must start with http"),
        ({"EMBEDDED_SIGN_IN": "off"}, "leaves nobody a way to sign in"),
        ({"CLIENT_URL": "interviews.example.org"}, "CLIENT_URL"),
        ({"NODE_ENV": "staging"}, "NODE_ENV"),
    ],
)
def test_wrong_value_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert said in str(caught.value)
    assert "hush" not in str(caught.value)


def test_empty_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == Settings.model_construct()


@pytest.mark.parametrize("key", ["signkey-prod-0123ab", "signkey-branch-0123ab", "0123ABcd"])
def test_signing_keys_of_inngest(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("INNGEST_EVENT_KEY", "x")
    monkeypatch.setenv("INNGEST_SIGNING_KEY", key)
    assert load_settings().inngest_signing_key is not None


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB_URL", "postgresql://user:hush@host/db")
    monkeypatch.setenv("TURN_URL", "turn:turn.example.org")
    monkeypatch.setenv("TURN_SECRET", "hush")
    assert "hush" not in repr(load_settings())


def test_keys_without_an_adapter_are_named() -> None:
    assert ignored_keys({"REDIS_URL": "redis://here", "PATH": "/bin"}) == ["REDIS_URL"]
    assert ignored_keys({"REDIS_URL": ""}) == []
