"""Floor 7: a library as pages. Pure functions; the words of the site stand in the templates beside the code."""
