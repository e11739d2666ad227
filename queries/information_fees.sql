SELECT r.label AS report_label, r.agency, r.year, r.level, r.scope, t.kind,
       CASE WHEN t.unit = '元' THEN t.value WHEN t.unit = '万元' THEN round(t.value * 10000, 2) END AS yuan,
       t.value, t.unit, t.scope_text, t.sentence,
       r.abridged, '/gongkai/reports/' || r.id || '#statements-' || t.position AS report_url
FROM reports r JOIN statements t ON t.report = r.id
WHERE r.current = 1 AND t.kind IN ('information_fee', 'information_fee_billed', 'information_fee_notices')
  AND (:year IN ('', 'all') OR r.year = :year)
  AND :level IN ('', 'all', r.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = r.level), r.level, '不明'))
ORDER BY r.year DESC, r.label, r.id, t.position
