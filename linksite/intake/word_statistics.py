"""What PostgreSQL is told about a queue besides its indexes."""

from django.db.migrations import RunPython

NAME = "{table}_{column}_words"
LEARN = "CREATE STATISTICS {name} ON upper({column}::text) FROM {table}"
FORGET = "DROP STATISTICS {name}"


def learn_words(table: str, *columns: str) -> RunPython:
    """Return the operation that tells PostgreSQL how common the words in `columns` are.

    A search compares them in upper case (`icontains`), for which PostgreSQL keeps no statistics by
    itself. It then expects three rows from any search, and reads the whole queue where the newest
    rows would do.
    """
    return RunPython(_for_each(LEARN, table, columns), _for_each(FORGET, table, columns))


def _for_each(statement, table, columns):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        for column in columns:
            name = NAME.format(table=table, column=column)
            schema_editor.execute(statement.format(name=name, table=table, column=column))

    return run
