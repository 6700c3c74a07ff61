"""JSON, JSON Lines and XML: articles are objects that have a text, at any depth of whatever holds them."""

import io
import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from index.errors import SourceError
from index.formats.columns import Columns
from index.formats.csv_files import MAX_LINE_BYTES, lines, megabytes, too_long
from index.formats.readings import Parsed, ReadOptions
from index.formats.records import Record, Records, articles
from index.formats.wire import as_object, items_in, read_items, xml_root
from index.text.decoding import characters

MAX_OBJECT_CHARACTERS = 32 * 1024 * 1024  # one object that holds all articles takes 20 times its size to read

_STEP = 256 * 1024
_DEEPEST = 8  # so deep are articles looked for in what holds them
_TWO_LINES = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*\{\s*"[^\n]*\}[ \t\r]*\n\s*\{')


def read_jsonl(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The articles of JSON Lines: an object a line, read line by line."""
    return articles(_json_lines(lines(stream, source), source, Finder(options)), source, options)


def read_json(stream: io.BufferedReader, source: str, options: ReadOptions) -> Parsed:
    """The articles of an array of objects, of an object that holds such arrays, or of the one that is an article.

    An array is read object by object: where it breaks off, what came before is kept, as it is with JSON Lines.
    A file that holds JSON Lines in spite of its name is read as such.
    """
    if _TWO_LINES.match(stream.peek(_STEP)):
        return read_jsonl(stream, source, options)
    text = _Text(characters(stream), source)
    if text.take("["):
        return articles(_array(text, source, Finder(options)), source, options)
    return articles(_one_value(text.rest(), source, options), source, options)


def read_xml(stream: BinaryIO, source: str, options: ReadOptions) -> Parsed:
    """The items of an agency's file, or the records of another file of XML, such as a saved feed.

    Raises SourceError where the file is no XML, declares entities of its own, or holds no article.
    """
    root = xml_root(stream.read(), source)
    if items := items_in(root):
        return read_items(items, source, options)
    found = Finder(options).articles_in({root.tag.rpartition("}")[2].lower(): as_object(root)})
    if not found:
        name = root.tag.rpartition("}")[2].lower()
        said = "neither NITF nor NewsML, nor records with a text"
        raise SourceError(f"{source}: XML of another kind ({said}); its first element is <{name[:60]}>")
    numbered = enumerate((one for one in found if isinstance(one, dict)), 1)
    return articles((Record(f"record {n}", str(n), one) for n, one in numbered), source, options)


# One value after the other


class _Text:
    """The characters of a JSON file, of which no more are held than the value at hand needs."""

    def __init__(self, stream: io.TextIOBase, source: str) -> None:
        self._stream, self._source = stream, source
        self._held, self._at, self._is_all = "", 0, False
        self._decode = json.JSONDecoder().raw_decode
        if self.is_at_end():
            raise SourceError(f"{source}: the file is empty")

    def is_at_end(self) -> bool:
        """Whether nothing but white space is left, which is passed."""
        while True:
            while self._at < len(self._held):
                if not self._held[self._at].isspace():
                    return False
                self._at += 1
            if not self._read(_STEP):
                return True

    def take(self, mark: str) -> bool:
        """Whether the one character `mark` comes next; if so it is passed."""
        found = not self.is_at_end() and self._held[self._at] == mark
        self._at += found
        return found

    def value(self) -> object:
        """The next value. Raises ValueError, or RecursionError, where there is none that can be read."""
        step = _STEP
        while not self.is_at_end():
            try:
                value, end = self._decode(self._held, self._at)
            except ValueError:
                if self._is_all:
                    raise
                if len(self._held) - self._at > MAX_LINE_BYTES:
                    raise ValueError(f"longer than {megabytes(MAX_LINE_BYTES)}") from None
            else:
                if end < len(self._held) or self._is_all:  # else a number may go on
                    self._at = end
                    return value
            self._read(step)
            step *= 2
        raise ValueError("the file ends here")

    def rest(self) -> str:
        """All that is left. Raises SourceError where it is too much to be read at once."""
        self._read(MAX_OBJECT_CHARACTERS)
        if not self._is_all:
            limit = megabytes(MAX_OBJECT_CHARACTERS)
            raise SourceError(f"{self._source}: more than {limit} in one object; save the articles as JSON Lines")
        return self._held

    def _read(self, size: int) -> bool:
        """Hold so many characters more, and forget what was passed. False where there were none."""
        try:
            more = self._stream.read(size)
        except UnicodeDecodeError as error:
            raise SourceError(f"{self._source}: not a text file (broken {error.encoding})") from error
        self._held, self._at = self._held[self._at :] + more, 0
        self._is_all = len(more) < size
        return bool(more)


def _array(text: _Text, source: str, finder: "Finder") -> Records:
    """The records of an array whose opening bracket was taken."""
    number = 0
    while not text.take("]"):
        number += 1
        place = f"record {number}"
        try:
            if number > 1 and not text.take(","):
                raise ValueError("the file ends here" if text.is_at_end() else "there is no comma before it")
            found = text.value()
        except RecursionError as error:
            raise SourceError(f"{source}: {place}: not usable JSON (nested too deep), {_LOST}") from error
        except ValueError as error:
            raise SourceError(f"{source}: {place}: not valid JSON ({_reason(error)}), {_LOST}") from error
        yield from _records(found, source, place, number, finder)
    if not text.is_at_end():
        raise SourceError(f"{source}: not valid JSON (something follows the array after record {number}), {_LOST}")


_LOST = "and nothing from there on was read"


def _reason(error: ValueError) -> str:
    """What is wrong; where it is counts from what was held, which tells nobody anything."""
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)


def _one_value(text: str, source: str, options: ReadOptions) -> Records:
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise SourceError(f"{source}: not usable JSON (nested too deep)") from error
    except ValueError as error:
        raise SourceError(f"{source}: not valid JSON ({error})") from error
    several = Finder(options).articles_in(found) or (found if isinstance(found, list) else [found])
    if several == [found] and not isinstance(found, dict):
        raise SourceError(f"{source}: no array of articles in this file, but {_json_kind(found)}")
    for number, one in enumerate(several, 1):
        yield _record(one, source, f"record {number}", str(number))


class Finder:
    """Finds the objects that are articles in a value of any shape: it may be one, or hold lists of them at any depth.

    What stands in a list beside an article is given too. An article may hold articles of its own: they are part of it.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._columns, self._summaries = Columns(options), Columns(options)
        self._summaries.take_summaries()

    def articles_in(self, found: object) -> list[Any]:
        """The articles; where nothing in it has a text, what has a summary."""
        return _articles_in(found, self._columns, 0) or _articles_in(found, self._summaries, 0)


def _articles_in(found: object, columns: Columns, depth: int) -> list[Any]:
    if depth > _DEEPEST:
        return []
    if isinstance(found, list):
        if any(map(columns.is_record, found)):
            return found
        return [one for inner in found for one in _articles_in(inner, columns, depth + 1)]
    if not isinstance(found, dict):
        return []
    has_text = columns.has_own_text(found)
    if has_text and not columns.takes_summaries:
        return [found]
    listed = [value for value in found.values() if isinstance(value, list) and any(map(columns.is_record, value))]
    if has_text and not listed:  # else a feed, which has a description of itself
        return [found]
    if listed:
        return [one for value in listed for one in value]
    within = [one for value in found.values() for one in _articles_in(value, columns, depth + 1)]
    titled = [one for one in within if not isinstance(one, dict) or columns.is_titled(one)]
    within = titled or within  # a text without a title stands among articles as a service's terms of use do
    return [found] if len(within) == 1 and columns.is_record(found) else within


# One value a line


def _json_lines(numbered: Iterable[tuple[int, str | None]], source: str, finder: "Finder") -> Records:
    for number, line in numbered:
        place = f"line {number}"
        if line is None:
            yield too_long(source, place)
        elif line.strip():
            yield from _records_of_line(line, source, place, number, finder)


def _records_of_line(line: str, source: str, place: str, number: int, finder: "Finder") -> Records:
    try:
        found = json.loads(line)
    except RecursionError:
        yield SourceError(f"{source}: {place}: not usable JSON (nested too deep)")
    except ValueError as error:
        yield SourceError(f"{source}: {place}: not valid JSON ({error})")
    else:
        yield from _records(found, source, place, number, finder)


# Records


def _records(found: object, source: str, place: str, number: int, finder: "Finder") -> Records:
    """The record of a value, or those in it where it is a page of several, as services answer with."""
    several = finder.articles_in(found) if isinstance(found, dict) else []
    if several and several != [found]:
        for at, one in enumerate(several, 1):
            yield _record(one, source, f"{place}, record {at}", f"{number}.{at}")
    else:
        yield _record(found, source, place, str(number))


def _record(found: object, source: str, place: str, key: str) -> Record | SourceError:
    if isinstance(found, dict):
        return Record(place, key, found)
    return SourceError(f"{source}: {place}: not a record with named fields, but {_json_kind(found)}")


def _json_kind(value: object) -> str:
    kinds = {str: "a text", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
