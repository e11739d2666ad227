SELECT *
FROM rules
