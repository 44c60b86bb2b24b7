"""Work on the files of tables rather than questions to a store."""
