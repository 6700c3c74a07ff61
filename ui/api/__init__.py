"""Byline for programs: an OpenAI-compatible API, MCP tools and a Gradio endpoint, and who may use them."""
