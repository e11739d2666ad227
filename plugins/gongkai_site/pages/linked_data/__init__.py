"""The data set as search engines for data want it told. Template: _linked_data.html."""
