SELECT *
FROM applications
WHERE report = :report
