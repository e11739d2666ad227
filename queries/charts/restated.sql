SELECT year || CASE abridged WHEN 1 THEN ' 转述，非原文 restated' ELSE ' 原文 as published' END AS text,
       count(*) AS reports
FROM report_summary
WHERE year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
GROUP BY year, abridged ORDER BY abridged
