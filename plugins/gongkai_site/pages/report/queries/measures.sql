SELECT *
FROM measures
