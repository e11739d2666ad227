SELECT d.subject AS fragment, d.value AS here, d.current_value AS there, d.has_cell AS is_here,
       d.current_has_cell AS is_there,
       coalesce(s.label_zh, d.subject) AS label_zh, coalesce(s.label_en, d.subject) AS label_en
FROM superseded_differences d
LEFT JOIN check_subjects s ON s.code = d.subject
WHERE d.report = :report
ORDER BY s.rowid IS NULL, s.rowid, d.subject
