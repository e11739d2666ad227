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
FROM checks_full c
WHERE c.status = 'fails'
  AND (:year = 'all' OR c.year = coalesce(nullif(:year, ''), (
    SELECT max(r.year) FROM checks f JOIN reports r ON r.id = f.report WHERE f.status = 'fails' AND r.current = 1)))
ORDER BY c.rule_kind = 'across years', c.on_inferred, c.year DESC, c.agency, c.report, c.rule, c.subject
