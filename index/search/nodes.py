"""Passages as nodes of LlamaIndex, which is imported with this module and takes seconds."""

from llama_index.core.schema import NodeWithScore, TextNode

from index.search.result import Retrieved


def scored_node(found: Retrieved) -> NodeWithScore:
    """A passage that search found, as LlamaIndex takes it."""
    return NodeWithScore(node=_node(found), score=found.score)


def _node(found: Retrieved) -> TextNode:
    article, passage = found.article, found.passage
    metadata = {
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else "",
    }
    return TextNode(
        id_=f"{article.id}:{passage.start}-{passage.end}",
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        start_char_idx=passage.start,
        end_char_idx=passage.end,
    )
