"""Language models: opened from a spec such as `ollama:NAME`, each through LlamaIndex's `LLM`, and asked as a stream."""
