SELECT (SELECT count(*) FROM report_summary) AS reports,
       (SELECT count(DISTINCT agency) FROM report_summary) AS agencies,
       (SELECT min(year) FROM report_summary) AS first_year,
       (SELECT max(year) FROM report_summary) AS last_year,
       (SELECT count(DISTINCT province) FROM report_summary) AS provinces,
       (SELECT count(*) FROM problems WHERE severity = 'error') AS unread
