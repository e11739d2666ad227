WITH chosen AS (
  SELECT CAST(coalesce(nullif(:year, ''), (
    SELECT max(r.year) FROM checks c JOIN reports r ON r.id = c.report
    WHERE c.status IN ('fails', 'explained', 'unknown') AND r.current = 1)) AS INTEGER) AS year
)
SELECT r.year, u.code AS rule, u.label_zh AS rule_zh, u.label_en AS rule_en,
       count(CASE WHEN c.status = 'fails' AND c.on_inferred = 0 THEN 1 END) AS fails,
       count(CASE WHEN c.status = 'fails' AND c.on_inferred = 1 THEN 1 END) AS fails_on_inferred,
       count(CASE WHEN c.status = 'explained' THEN 1 END) AS explained,
       count(CASE WHEN c.status = 'unknown' THEN 1 END) AS unknown,
       count(DISTINCT c.report) AS reports
FROM chosen y
JOIN reports r ON r.year = y.year AND r.current = 1
JOIN checks c ON c.report = r.id AND c.status IN ('fails', 'explained', 'unknown')
JOIN rules u ON u.code = c.rule
GROUP BY r.year, u.code
ORDER BY u.sort_order
