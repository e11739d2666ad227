SELECT rule, subject, statement_zh, statement_en
FROM checks_full
WHERE report = :report
