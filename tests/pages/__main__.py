"""The pages made by hand as data for `eval.fit_pages --own`: `python -m tests.pages > OWN`."""

import json
from typing import Any

from index.formats.html import decode_page
from tests.pages import fourth_set, layouts, second_author, third_set


def main() -> None:
    for module in (layouts, second_author, third_set, fourth_set):
        for number, page in enumerate(module.all_pages()):
            print(json.dumps(_row(f"{module.__name__}/{number}", page)))


def _row(name: str, page: Any) -> dict[str, object]:
    html = decode_page(page.data, page.content_type).encode().decode("latin-1")
    truth = {"body": list(page.sentences), "optional": list(getattr(page, "optional", ()))}
    return {"id": name, "url": page.url, "html": html, "truth": truth}


if __name__ == "__main__":
    main()
