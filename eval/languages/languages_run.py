"""How often the right article is found in other languages: `python -m eval.languages.languages_run`.

Asked are 60 questions in German, French, Turkish, Spanish, Arabic and Chinese, over 30 articles of this folder that
stand in one collection. `--xquad FILE` asks instead the questions of a file as `eval.datasets.other_languages` reads
it, over a collection for each language; with `--across` those of each language over the paragraphs in English.
`--embedder multilingual` shows what that setting brings.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.datasets.other_languages import Passages, paragraphs, rows_by_language
from eval.datasets.questions import Dataset, open_dataset
from eval.retrieval_run import RetrievalResult, measure_retrieval
from eval.runs.measured_collection import Telling, measured_collection, none_opened
from index.embedders import STATIC
from index.errors import BylineError
from index.rerankers import OWN
from index.settings import Settings
from index.text.languages import ENGLISH

OWN_QUESTIONS = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description="How often the right article is found in other languages.")
    parser.add_argument("--xquad", type=Path, metavar="FILE", help="questions with their paragraphs, not our own")
    parser.add_argument("--across", action="store_true", help="ask those of other languages over English paragraphs")
    parser.add_argument("--language", default="", metavar="CODE", help="those of one language only")
    parser.add_argument("--each", type=int, default=1, metavar="N", help="only every Nth question of --xquad")
    parser.add_argument("--embedder", default=STATIC, metavar="SPEC", help=f"as the setting ({STATIC})")
    parser.add_argument("--reranker", default=OWN, metavar="SPEC", help=f"as the setting ({OWN})")
    options = parser.parse_args()
    settings = Settings(Path(), embedder=options.embedder, reranker=options.reranker, rerank_seconds=600.0)
    try:
        if not options.xquad:
            results = list(asked(open_dataset(OWN_QUESTIONS), settings))
            for code in dict.fromkeys(one.id[:2] for one in results):
                print(line(code, [one for one in results if one.id.startswith(code)]))
            print(line("all", results))
            return 0
        for data in by_language(options.xquad, options.across, options.language, options.each):
            print(line(data.name, list(asked(data, settings))), flush=True)
    except BylineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def by_language(file: Path, across: bool, only: str = "", each: int = 1) -> Iterator[Passages]:
    """The paragraphs of each language but English with their questions, or the English ones with those of each."""
    rows = rows_by_language(file)
    for code in rows:
        if code != ENGLISH and only in ("", code):
            yield paragraphs(code, rows[ENGLISH] if across else rows[code], rows[code][::each])


def asked(data: Dataset, settings: Settings) -> Iterator[RetrievalResult]:
    """What came of each question, over a collection of the data's articles alone."""
    with measured_collection(data, settings, none_opened(), None, Telling()) as (collection, names):
        yield from measure_retrieval(data, collection, names).results


def line(name: str, results: Sequence[RetrievalResult]) -> str:
    """The share of questions whose article is first, and among the first five."""
    found = [one.article_rank for one in results]
    first, among = (sum(rank is not None and rank <= most for rank in found) / len(found) for most in (1, 5))
    return f"{name:6}{len(found):>6} questions   first {first:.3f}   among five {among:.3f}"


if __name__ == "__main__":
    sys.exit(main())
