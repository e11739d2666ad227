"""Reports and checks → the database: everything that knows SQL."""
