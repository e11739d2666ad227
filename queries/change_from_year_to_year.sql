WITH RECURSIVE chosen AS (
  SELECT s.agency_id FROM report_summary s
  WHERE s.agency_id IS NOT NULL AND s.year IS NOT NULL
    AND (trim(:agency) = '' OR s.agency_id = trim(:agency) OR s.agency_id IN (
      SELECT n.agency FROM agency_names n WHERE n.name = trim(:agency)))
  GROUP BY s.agency_id ORDER BY count(DISTINCT s.year) DESC, s.agency_id
  LIMIT CASE trim(:agency) WHEN '' THEN 1 ELSE -1 END
), one AS (
  SELECT s.agency_id, s.scope, s.year, count(*) AS reports,
         CASE count(*) WHEN 1 THEN max(s.received) END AS received,
         max(s.form) AS form, max(s.includes_lower) AS includes_lower, max(s.abridged) AS abridged,
         min(s.report) AS report
  FROM report_summary s JOIN chosen c ON c.agency_id = s.agency_id
  WHERE s.year IS NOT NULL
  GROUP BY s.agency_id, s.scope, s.year
), years AS (
  SELECT agency_id, scope, min(year) AS year, max(year) AS last_year FROM one GROUP BY agency_id, scope
  UNION ALL SELECT agency_id, scope, year + 1, last_year FROM years WHERE year < last_year
), compared AS (
  SELECT y.agency_id, y.scope, y.year, o.reports, o.received, o.form, o.abridged, o.report,
         b.received AS received_before, b.form AS form_before, b.reports AS reports_before,
         CASE WHEN y.scope IS NULL THEN 'scope_unclear'
              WHEN o.reports IS NULL THEN 'year_missing'
              WHEN b.reports IS NULL THEN 'year_before_missing'
              WHEN o.reports > 1 OR b.reports > 1 THEN 'several_reports'
              WHEN o.includes_lower <> b.includes_lower THEN 'lower_units_differ'
              WHEN o.received IS NULL OR b.received IS NULL THEN 'blank_figure' END AS change_reason
  FROM years y
  LEFT JOIN one o ON o.agency_id = y.agency_id AND o.scope IS y.scope AND o.year = y.year
  LEFT JOIN one b ON b.agency_id = y.agency_id AND b.scope IS y.scope AND b.year = y.year - 1
)
SELECT a.name || '（' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = c.scope), c.scope, '不明')
    || '）' AS series,
       a.name AS agency, c.year, c.scope, c.received, c.received_before,
       CASE WHEN c.change_reason IS NULL THEN c.received - c.received_before END AS change,
       CASE WHEN c.change_reason IS NULL
            THEN round(100.0 * (c.received - c.received_before) / nullif(c.received_before, 0), 1) END AS change_percent,
       c.change_reason, c.form, c.form_before, c.abridged,
       '/gongkai/reports/' || c.report || '#applications-received' AS report_url
FROM compared c JOIN agencies a ON a.id = c.agency_id
ORDER BY c.agency_id, c.scope, c.year
