SELECT count(*) AS reports, min(year) AS first_year, max(year) AS last_year
FROM reports
WHERE current = 1
