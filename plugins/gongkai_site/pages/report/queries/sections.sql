SELECT *
FROM sections
WHERE report = :report
ORDER BY position
