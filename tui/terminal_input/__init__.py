"""What a terminal sends, by kind: keys, the mouse, pastes, and answers to questions.

`scanner` cuts the stream where escape sequences begin and end (ECMA-48), `key_codes` names keys,
`mouse` reads mouse reports, `parser` makes Textual's messages from them, `driver` reads the terminal.
"""
