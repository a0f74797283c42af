"""Errors a user can cause: one plain sentence that says what is wrong, where, and what to do."""


class AnnotateError(Exception):
    """Something a user can put right; its text is one sentence meant for that user.

    The command line prints the sentence and ends with `exit_status`; the screen shows it in place.
    """

    exit_status = 2
