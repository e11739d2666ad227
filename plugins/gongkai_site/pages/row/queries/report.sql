SELECT *
FROM reports
WHERE id = :report
