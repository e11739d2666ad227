SELECT *,
       code_label('error_of', error_of, 'zh') AS error_of_zh,
       code_label('error_of', error_of, 'en') AS error_of_en,
       code_label('status', status, 'zh') AS status_zh,
       code_label('status', status, 'en') AS status_en
FROM corrections
WHERE report = :report
ORDER BY position
