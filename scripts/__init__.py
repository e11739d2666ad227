"""Tools that a maintainer runs by hand."""
