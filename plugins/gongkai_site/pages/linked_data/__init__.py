"""The data set as search engines for data want it told. Template: templates/_linked_data.html."""
