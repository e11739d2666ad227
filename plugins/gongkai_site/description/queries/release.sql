SELECT * FROM release
