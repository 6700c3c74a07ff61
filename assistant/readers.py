"""Which reader a spec names."""

from assistant.assistant import Reader
from assistant.quoting import EXTRACTIVE, QuotingReader
from index.collection import Collection


def open_reader(spec: str, collection: Collection, prompts: str = "") -> Reader:
    """The reader for `--llm SPEC`: `extractive` quotes; anything else is a language model.

    `prompts` is the file of the prompts that a language model is told, "" for those that come with Byline.

    Raises SettingsError for a spec that names nothing or a file of prompts that lacks something, ModelError where the
    model cannot be reached.
    """
    if spec == EXTRACTIVE:
        return QuotingReader(collection)
    from assistant.llm import open_llm
    from assistant.llm_reader import LLMReader
    from assistant.prompts import load_prompts

    texts = load_prompts(prompts)
    return LLMReader(open_llm(spec), spec, collection.text_of, prompts=texts)
