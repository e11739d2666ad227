SELECT *
FROM reviews
WHERE report = :report
