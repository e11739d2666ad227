WITH sought(place, words) AS (
  VALUES (1, trim(:a)), (2, trim(:b)), (3, trim(:c)), (4, trim(:d)), (5, trim(:e))
), named AS (
  SELECT s.place, s.words, coalesce(
    (SELECT r.agency_id FROM report_summary r
     WHERE s.words <> '' AND r.agency_id IS NOT NULL AND (r.agency = s.words OR r.agency_id = s.words)
     GROUP BY r.agency_id ORDER BY count(*) DESC, r.agency_id LIMIT 1),
    (SELECT r.agency_id FROM report_summary r
     WHERE s.words <> '' AND r.agency_id IS NOT NULL AND instr(r.agency, s.words) > 0
     GROUP BY r.agency_id ORDER BY count(*) DESC, r.agency_id LIMIT 1)) AS agency_id,
    (SELECT count(DISTINCT r.agency_id) FROM report_summary r
     WHERE s.words <> '' AND instr(r.agency, s.words) > 0) AS authorities_of_that_name
  FROM sought s
), given AS (
  SELECT * FROM named WHERE agency_id IS NOT NULL
  UNION ALL
  SELECT row_number() OVER (ORDER BY reports DESC, agency_id), '', agency_id, 1
  FROM (SELECT agency_id, count(*) AS reports FROM comparable
        WHERE level = 'county' GROUP BY agency_id ORDER BY reports DESC, agency_id LIMIT 2)
  WHERE NOT EXISTS (SELECT 1 FROM sought WHERE words <> '')
), own AS (
  SELECT g.place, g.words, g.authorities_of_that_name, s.*, count(*) OVER (PARTITION BY g.place, s.year, s.scope) AS same_year
  FROM given g JOIN report_summary s ON s.agency_id = g.agency_id
  WHERE s.year IS NOT NULL
), lined AS (
  SELECT o.*, f.agency AS first_agency, f.received AS first_received, f.disclosure_rate AS first_rate,
         CASE WHEN o.place = (SELECT min(place) FROM given) THEN 'the_first'
              WHEN o.scope IS NULL THEN 'scope_unclear'
              WHEN f.report IS NULL THEN 'first_missing'
              WHEN o.same_year > 1 OR f.same_year > 1 THEN 'several_reports'
              WHEN o.level IS NOT f.level THEN 'levels_differ'
              WHEN o.includes_lower <> f.includes_lower THEN 'lower_units_differ'
              WHEN o.received IS NULL OR f.received IS NULL THEN 'blank_figure' END AS difference_reason
  FROM own o
  LEFT JOIN own f ON f.place = (SELECT min(place) FROM given) AND f.year = o.year AND f.scope IS o.scope
)
SELECT DISTINCT agency, year, level, scope, includes_lower, received,
       CASE WHEN difference_reason IS NULL THEN received - first_received END AS received_difference,
       CASE WHEN difference_reason IS NULL THEN first_agency END AS compared_with, difference_reason,
       closed, disclosure_rate, disclosure_rate_reason,
       CASE WHEN difference_reason IS NULL THEN round(disclosure_rate - first_rate, 2) END AS disclosure_rate_difference,
       reconsiderations, lawsuits_direct, lawsuits_after_reconsideration, hotline_received,
       words AS asked_for, authorities_of_that_name,
       form, abridged, '/gongkai/reports/' || report AS report_url
FROM lined
ORDER BY year, place, scope DESC, report
