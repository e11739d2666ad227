SELECT s.agency, m.year, s.level, m.scope,
       m.figures_compared, m.figures_equal, m.figures_equal_share, m.figures_reason,
       m.clauses, m.clauses_same, m.text_overlap, m.text_reason,
       s.abridged, '/gongkai/reports/' || m.report AS report_url, '/gongkai/reports/' || m.before AS before_url
FROM report_similarity m JOIN report_summary s ON s.report = m.report
WHERE (:year = 'all' OR m.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_similarity)))
  AND :level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = s.level), s.level, '不明'))
ORDER BY m.year DESC, s.province, s.city, s.county, s.agency, m.report
