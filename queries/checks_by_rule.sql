SELECT c.year, u.code AS rule, u.label_zh AS rule_zh, u.label_en AS rule_en,
       c.fails, c.fails_on_inferred, c.explained, c.unknown, c.reports
FROM check_counts c
JOIN rules u ON u.code = c.rule
WHERE c.year = CAST(coalesce(nullif(:year, ''), (SELECT max(year) FROM check_counts)) AS INTEGER)
ORDER BY u.sort_order
