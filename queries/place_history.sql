WITH chosen AS (
  SELECT coalesce(
    (SELECT d.adcode FROM divisions d WHERE trim(:place) IN (d.adcode, d.name)
     ORDER BY d.valid_to IS NOT NULL, (SELECT count(*) FROM report_summary s WHERE s.adcode = d.adcode) DESC, d.adcode LIMIT 1),
    CASE trim(:place) WHEN '' THEN (SELECT adcode FROM report_summary WHERE adcode IS NOT NULL
      GROUP BY adcode ORDER BY count(DISTINCT year) DESC, count(*) DESC, adcode LIMIT 1) END) AS adcode
), codes AS (
  SELECT adcode FROM chosen WHERE adcode IS NOT NULL
  UNION SELECT s.adcode FROM report_summary s WHERE s.agency_id IN (
    SELECT a.id FROM agencies a JOIN chosen c ON a.adcode = c.adcode OR a.id = c.adcode || '-government'
    WHERE a.kind = 'government')
), here AS (
  SELECT s.* FROM report_summary s JOIN codes c ON c.adcode = s.adcode
), told AS (
  SELECT h.year, h.agency, h.level, h.scope, h.includes_lower, h.form, 'published' AS status,
         h.received, h.closed, h.disclosure_rate, h.disclosure_rate_reason, h.reconsiderations, h.lawsuits_direct,
         h.lawsuits_after_reconsideration, h.hotline_received, h.abridged, h.adcode, h.report
  FROM here h
  UNION ALL
  SELECT v.year, NULL, NULL, NULL, NULL, NULL, v.status, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, v.adcode, v.report
  FROM coverage v JOIN codes c ON c.adcode = v.adcode
  WHERE v.status IN ('not_here', 'unreadable')
    AND v.year NOT IN (SELECT year FROM here WHERE year IS NOT NULL AND scope = 'region')
)
SELECT (SELECT d.name FROM divisions d WHERE d.adcode = (SELECT adcode FROM chosen)
        ORDER BY d.valid_from DESC LIMIT 1) AS place,
       t.adcode, t.year, t.agency, t.level, t.scope, t.includes_lower, t.form, t.status,
       t.received, t.closed, t.disclosure_rate, t.disclosure_rate_reason,
       t.reconsiderations, t.lawsuits_direct, t.lawsuits_after_reconsideration, t.hotline_received, t.abridged,
       '/gongkai/divisions/' || t.adcode AS division_url, '/gongkai/reports/' || t.report AS report_url
FROM told t
ORDER BY t.year, t.scope IS NULL, t.scope DESC, t.agency, t.report
