SELECT *
FROM form_headings
ORDER BY sort_order
