"""Errors a user can cause: one plain sentence that says what is wrong, where, and what to do."""


class AnnotateError(Exception):
    """An error that a user can correct; its text is one sentence for that user.

    The command line prints the sentence and ends with `exit_status`; the screen shows it in place.
    """

    exit_status = 2
