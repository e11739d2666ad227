SELECT *
FROM items
ORDER BY sort_order
