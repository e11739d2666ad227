WITH kinds(is_across, on_inferred) AS (
  VALUES (0, 0), (0, 1), (1, 0), (1, 1)
), years AS (
  SELECT DISTINCT year FROM check_counts
  WHERE fails + fails_on_inferred > 0 AND (:year = 'all' OR year = coalesce(nullif(:year, ''), (
    SELECT max(year) FROM check_counts WHERE fails + fails_on_inferred > 0)))
  ORDER BY year DESC
  LIMIT -1
), across AS (
  SELECT code FROM rules WHERE kind = 'across years'
), failing AS (
  SELECT f.report, f.rule, f.subject
  FROM kinds k CROSS JOIN years y
  CROSS JOIN reports r INDEXED BY idx_reports_year_agency_id ON r.year IS y.year AND r.current = 1
  CROSS JOIN checks f INDEXED BY idx_checks_report_rule_subject ON f.report = r.id AND f.status = 'fails'
  WHERE f.on_inferred = k.on_inferred AND (f.rule IN across) = k.is_across
  LIMIT -1
)
SELECT CASE WHEN c.rule_kind = 'across years' THEN '跨年不符（口径常有变动，另列）'
         WHEN c.on_inferred = 0 THEN '勾稽不符' ELSE '按推定栏位勾稽不符（推定未必准确）' END AS finding_zh,
       CASE WHEN c.rule_kind = 'across years' THEN 'differs across years (scopes often change; shown apart)'
         WHEN c.on_inferred = 0 THEN 'does not add up as printed'
         ELSE 'does not add up with inferred cells (the inference may be wrong)' END AS finding_en,
       c.agency, c.year, c.rule, c.rule_label_zh AS rule_zh, c.rule_label_en AS rule_en,
       c.statement_zh, c.statement_en,
       CASE WHEN c.difference = CAST(c.difference AS INTEGER) THEN CAST(c.difference AS INTEGER)
         ELSE c.difference END AS difference,
       c.explanation, c.on_inferred,
       c.abridged, c.report_url
FROM failing f
CROSS JOIN checks_full c ON c.report = f.report AND c.rule = f.rule AND c.subject = f.subject
