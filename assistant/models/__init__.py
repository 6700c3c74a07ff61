"""Language models: opened from a spec such as `ollama:NAME`, each through LlamaIndex's `LLM`.

`opening` opens one, `streaming` asks it. A family's file imports its packages, and is imported only when a spec names
the family: without an extra the rest works, and LlamaIndex takes seconds to import.
"""
