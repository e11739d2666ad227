SELECT DISTINCT code_list FROM codes
