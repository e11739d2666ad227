SELECT *
FROM disclosures
WHERE report = :report
