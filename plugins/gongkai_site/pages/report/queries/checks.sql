SELECT c.*, s.label_zh AS subject_zh, s.label_en AS subject_en
FROM checks c
LEFT JOIN check_subjects s ON s.code = c.subject
WHERE c.report = :report
ORDER BY c.rule, c.subject
