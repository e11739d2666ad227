WITH chosen_year AS (
  SELECT CAST(coalesce(nullif(:year, ''), (
    SELECT max(s.year) FROM report_summary s JOIN report_summary b
      ON b.agency_id = s.agency_id AND b.scope = s.scope AND b.year = s.year - 1)) AS INTEGER) AS year
), one AS (
  SELECT s.agency_id, s.scope, s.year, min(s.agency) AS agency, max(s.level) AS level, count(*) AS reports,
         max(s.received) AS received, max(s.form) AS form, max(s.includes_lower) AS includes_lower,
         max(s.abridged) AS abridged, min(s.report) AS report
  FROM report_summary s JOIN chosen_year c ON s.year IN (c.year, c.year - 1)
  WHERE s.agency_id IS NOT NULL AND s.scope IS NOT NULL
    AND :level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
        AND code = s.level), s.level, '不明'))
  GROUP BY s.agency_id, s.scope, s.year
), pairs AS (
  SELECT o.*, b.received AS received_before, b.form AS form_before,
         CASE WHEN b.reports IS NULL THEN 'year_before_missing'
              WHEN o.reports > 1 OR b.reports > 1 THEN 'several_reports'
              WHEN o.includes_lower <> b.includes_lower THEN 'lower_units_differ'
              WHEN o.received IS NULL OR b.received IS NULL THEN 'blank_figure' END AS change_reason
  FROM one o JOIN chosen_year c ON o.year = c.year
  LEFT JOIN one b ON b.agency_id = o.agency_id AND b.scope = o.scope AND b.year = o.year - 1
)
SELECT agency, year, level, scope, received_before, received,
       CASE WHEN change_reason IS NULL THEN received - received_before END AS change,
       CASE WHEN change_reason IS NULL
            THEN round(100.0 * (received - received_before) / nullif(received_before, 0), 1) END AS change_percent,
       change_reason, form_before, form, abridged, '/gongkai/reports/' || report || '#applications-received' AS report_url
FROM pairs
ORDER BY change_reason IS NOT NULL, abs(received - received_before) DESC, agency, scope
