"""Questions that are answered by clicking: the canned queries of metadata.yml as pages, with charts and embeddable."""
