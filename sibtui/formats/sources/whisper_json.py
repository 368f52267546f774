"""The reader of transcripts from Whisper, WhisperX, whisper.cpp and Transformers (.json).

In the resulting text, the start time and the name of the speaker come before the words, as in subtitles.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.encodings import decode
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.subtitles import Utterance, utterance_draft
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

MARKS = (b'"segments"', b'"transcription"', b'"chunks"')
"""A .json file with one of these byte sequences may be a transcript. Most other .json files have none of them."""
_LANGUAGE = re.compile("[a-z]{2,3}")


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the transcript as a list with one source.

    Neighbouring segments of one speaker are joined, as in subtitles. Raises InputError when the file is not JSON, or
    has no segments.
    """
    decoded = decode(data, encoding, name=name)
    try:
        content = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}, line {error.lineno}: this is not JSON ({error.msg}).") from error
    except RecursionError as error:
        raise InputError(f"{name} is nested too deeply to be a transcript.") from error
    segments = _segments(content)
    odd: list[int] = []
    utterances = list(_utterances(segments, odd))
    if not utterances:
        raise InputError(f"{name} holds no transcript of Whisper: it has no “segments” with a text.")
    warnings = _odd_segments(odd)
    draft = utterance_draft(name, data, decoded, utterances, Counter(), options, warnings)
    return [replace(draft, language=_language(content))]


def _segments(content: Any) -> Sequence[Any]:
    """Return the segments (JSON objects with words and times); an empty sequence if `content` has none."""
    if isinstance(content, dict):
        content = next((content[key] for key in ("segments", "transcription", "chunks") if key in content), ())
    return content if isinstance(content, list) else ()


def _utterances(segments: Sequence[Any], odd: list[int]) -> Iterator[Utterance]:
    """Yield the words, speaker and times of each segment that has words.

    Add to `odd` the number (from 1) of each segment that has no text, or that has words but no start time.
    """
    for number, segment in enumerate(segments, 1):
        text = segment.get("text") if isinstance(segment, dict) else None
        if not isinstance(text, str):
            odd.append(number)
            continue
        start, end = _span(segment)
        if words := " ".join(text.split()):
            if start is None:
                odd.append(number)
            speaker = segment.get("speaker")
            yield Utterance(start, end, " ".join(speaker.split()) if isinstance(speaker, str) else "", words)


def _span(segment: dict[str, Any]) -> tuple[int | None, int | None]:
    """Return (start, end) of a segment in seconds. Each is None if it is missing.

    whisper.cpp writes milliseconds in the field `offsets`. Transformers writes both times as a list, in `timestamp`.
    """
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        return _seconds(offsets.get("from"), 1000), _seconds(offsets.get("to"), 1000)
    pair = segment.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2:
        return _seconds(pair[0], 1), _seconds(pair[1], 1)
    return _seconds(segment.get("start"), 1), _seconds(segment.get("end"), 1)


def _seconds(value: Any, unit: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return max(int(value // unit), 0)


def _odd_segments(odd: Sequence[int]) -> Sequence[str]:
    if not odd:
        return ()
    return [f"{plural(len(odd), 'segment')} ({listed(map(str, odd), 5)}) without a text or a time"]


def _language(content: Any) -> str:
    """Return the language code in a transcript; empty when there is none."""
    code = content.get("language") if isinstance(content, dict) else ""
    return code if isinstance(code, str) and _LANGUAGE.fullmatch(code) else ""
