"""The reader that comes with Byline: it answers by quoting the sentences that hold the answer."""
