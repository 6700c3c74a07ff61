"""Settings: one frozen object, passed explicitly.

A value comes from the first of: a command-line flag, an environment variable `BYLINE_<NAME>`, the file
`settings.toml` in the home folder, the default here.
"""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import platformdirs

from index.errors import CollectionError, SettingsError

_NUMBERS = {"port": 65535, "wait": 10**9, "llm_retries": 20, "llm_window": 10**8}
_SECONDS = {"rerank_seconds": 3600, "llm_seconds": 86400, "llm_answer_seconds": 86400}  # with fractions
_CHOICES = {"unsupported": ("show", "leave out"), "answers": ("careful", "balanced", "eager")}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the collection is and which models serve it."""

    home: Path
    collection: str = ""  # "" is the default collection, or the sample as long as that one is empty
    llm: str = "extractive"
    llm_seconds: float = 120.0  # that a language model may take to its next piece
    llm_answer_seconds: float = 600.0  # that it may take to the end of its answer
    llm_retries: int = 2  # after a server said that it is busy
    llm_window: int = 0  # tokens of its prompt and reply together; 0 is what its server tells, or else a default
    llm_prices: str = ""  # SPEC=PROMPT/REPLY ..., US dollars for a million tokens
    prompts: str = ""  # a file of texts that tell a language model what to do; "" is those that come with Byline
    embedder: str = "static"
    reranker: str = "reader"
    rerank_seconds: float = 10.0  # that a reranker may take for a search, once it is its turn
    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""  # of a reverse proxy that leads to the server, such as /byline
    hosts: str = ""  # names that the server goes by beside this machine's own, separated by commas
    origins: str = ""  # sites whose pages may call the API, separated by commas
    chroma: str = ""  # the address of a Chroma server for the vectors; "" is a folder
    answers: str = "balanced"  # how sure a quoted answer must be to be given
    unsupported: str = "show"  # what becomes of a sentence that no source supports: it is shown so, or left out
    wait: int = 600  # seconds for another process that writes


def load_settings(flags: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from flags (None means not given), the environment and the home folder's settings file.

    Raises SettingsError for a broken file, an unknown name or a value of the wrong kind.
    """
    home = Path(str(flags.get("home") or environment.get("BYLINE_HOME") or platformdirs.user_data_dir("byline")))
    try:
        home = home.expanduser()
    except RuntimeError as error:
        raise SettingsError(f"{home}: no such user's home ({error})") from error
    settings = Settings(home=home)
    settings = _with(settings, _file(home / "settings.toml"), str(home / "settings.toml"))
    names = [field.name for field in fields(Settings) if field.name != "home"]
    variables = {name: environment.get(f"BYLINE_{name.upper()}") for name in names}
    settings = _with(settings, {name: value for name, value in variables.items() if value}, "the environment")
    given = {name: flags[name] for name in names if flags.get(name) is not None}
    return _with(settings, given, "the command line")


def names_in(value: str) -> tuple[str, ...]:
    """The names in a setting that lists them, separated by commas."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine, which no proxy can reach."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _file(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CollectionError(f"{path}: cannot be read ({error.strerror}); give another home with --home") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML ({error})") from error


def _with(settings: Settings, values: Mapping[str, object], where: str) -> Settings:
    known = {field.name for field in fields(Settings)} - {"home"}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{where}: unknown setting {name!r}; known are {', '.join(sorted(known))}")
        changes: dict[str, Any] = {name: _value(name, value, where)}
        settings = replace(settings, **changes)
    return settings


def _value(name: str, value: object, where: str) -> str | int | float:
    if name in _SECONDS:
        return _seconds(name, value, where)
    if name in _NUMBERS:
        if not str(value).isdecimal() or int(str(value)) > _NUMBERS[name]:
            raise SettingsError(f"{where}: {name} is {value!r}; it must be a number from 0 to {_NUMBERS[name]}")
        return int(str(value))
    if not isinstance(value, str):
        raise SettingsError(f"{where}: {name} is {value!r}; it must be a text in quotes")
    if name in _CHOICES and value not in _CHOICES[name]:
        *others, last = map(repr, _CHOICES[name])
        either = f"{', '.join(others)} or {last}"
        raise SettingsError(f"{where}: {name} is {value!r}; it must be {either}")
    if name in _SERVED:
        return _SERVED[name](value, where)
    if name == "chroma" and value and not _is_server(value):
        raise SettingsError(f"{where}: chroma is {value!r}; write it as http://HOST:PORT")
    if name == "collection" and not _is_name(value):
        raise SettingsError(f"{where}: {value!r} cannot name a collection; use letters, digits, - and _")
    return value


def _seconds(name: str, value: object, where: str) -> float:
    try:
        seconds = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    if not 0 < seconds <= _SECONDS[name]:
        most = _SECONDS[name]
        raise SettingsError(f"{where}: {name} is {value!r}; it must be a number of seconds above 0, at most {most}")
    return seconds


def _is_server(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0 and not parts.path
    except ValueError:
        return False


def _root_path(value: str, where: str) -> str:
    path = value.rstrip("/")
    parts = path.split("/")[1:]
    if path and (path[0] != "/" or any(part in ("", ".", "..") or quote(part, safe="") != part for part in parts)):
        raise SettingsError(f"{where}: root_path is {value!r}; write it as /byline, the path that the proxy leads here")
    return path


def _hosts(value: str, where: str) -> str:
    for name in names_in(value):
        labels = name.removeprefix("*.").split(".")
        if name != "*" and not all(label.isascii() and _is_name(label) for label in labels):
            raise SettingsError(
                f"{where}: hosts has {name!r}; write names as news.example or *.news.example, without port and slash"
            )
    return value


def _origins(value: str, where: str) -> str:
    for origin in names_in(value):
        if origin != "*" and not _is_server(origin):
            raise SettingsError(f"{where}: origins has {origin!r}; write each as https://HOST or http://HOST:PORT")
    return value


_SERVED = {"root_path": _root_path, "hosts": _hosts, "origins": _origins}


def _is_name(value: str) -> bool:
    return value.replace("-", "").replace("_", "").isalnum() and len(value) <= 60
