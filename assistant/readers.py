"""Which reader a spec names."""

from assistant.assistant import Reader
from assistant.quoting import EXTRACTIVE, QuotingReader
from index.collection import Collection


def open_reader(spec: str, collection: Collection) -> Reader:
    """The reader for `--llm SPEC`: `extractive` quotes; anything else is a language model.

    Raises SettingsError for a spec that names nothing, ModelError where the model cannot be reached.
    """
    if spec == EXTRACTIVE:
        return QuotingReader(collection)
    from assistant.llm import open_llm
    from assistant.llm_reader import LLMReader

    return LLMReader(open_llm(spec), spec, collection.text_of)
