"""How the bytes from a terminal are decoded, tested without a terminal and without a clock."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.keys.terminal_keys import pressed
from tui.terminal_input import scanner
from tui.terminal_input.mouse import Mouse
from tui.terminal_input.parser import TerminalParser

ESC = b"\x1b"
ANSWERS = {
    "colour of the text": b"\x1b]10;rgb:aaaa/bbbb/cccc\x1b\\",
    "colour, ended by a bell": b"\x1b]4;1;rgb:ffff/0000/0000\x07",
    "the device": b"\x1b[?64;1;2;6;9;15;22c",
    "the device, second": b"\x1b[>41;390;0c",
    "the device, third": b"\x1bP!|7E565445\x1b\\",
    "version": b"\x1bP>|kitty(0.35.1)\x1b\\",
    "size in cells": b"\x1b[8;50;120t",
    "size in pixels": b"\x1b[4;900;1600t",
    "a size by itself": b"\x1b[48;50;120;900;1600t",
    "title": b"\x1b]lpage one: people\x1b\\",
    "clipboard": b"\x1b]52;c;aGVsbG8gd29ybGQ=\x1b\\",
    "graphics": b"\x1b_Gi=31,p=1;OK\x1b\\",
    "keyboard flags": b"\x1b[?15u",
    "a mode": b"\x1b[?2048;2$y",
    "a mode of ANSI": b"\x1b[4;2$y",
    "a setting": b"\x1bP1$r2 q\x1b\\",
    "a capability": b"\x1bP1+r436f=323536\x1b\\",
    "light or dark": b"\x1b[?997;2n",
    "all is well": b"\x1b[0n",
    "key modifiers": b"\x1b[>4;2m",
    "unknown control sequence": b"\x1b[1;2;3 z",
    "unknown single": b"\x1bO~",
    "private message": b"\x1b^ask me\x1b\\",
    "start of string": b"\x1bXnobody\x1b\\",
    "8 bits": b"\x9b?62;22c",
    "8 bits, a colour": b"\x9d11;rgb:0/0/0\x9c",
    "8 bits, a version": b"\x90>|foot(1.16)\x9c",
    "8 bits, graphics": b"\x9fGi=1;OK\x9c",
    "8 bits, title": b"\x9dlpage one\x9c",
    "8 bits in UTF-8": "\x9d11;rgb:0/0/0\x9c".encode(),
    "mouse, no number": b"\x1b[<35;nan;undefinedM",
    "mouse, negative": b"\x1b[<0;-3;4M",
    "mouse, column 0": b"\x1b[<0;0;4M",
    "mouse, too many digits": b"\x1b[<0;99999999999;4M",
    "mouse, button 8": b"\x1b[<128;7;4M",
    "mouse of X10": b"\x1b[M #$",
    "mouse of X10, no UTF-8": b"\x1b[M \xc8%",
    "mouse of X10 in UTF-8": b"\x1b[M \xc3\x88%",
    "mouse of urxvt": b"\x1b[32;120;4M",
    "a key is released": b"\x1b[112;1:3u",
    "an arrow is released": b"\x1b[1;1:3C",
    "Shift alone": b"\x1b[57441;2u",
    "no such character": b"\x1b[1114112;1u",
    "end of no paste": b"\x1b[201~",
    "end of no string": b"\x1b\\",
}


def test_an_error_in_one_report_does_not_lose_the_keys_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(mouse: Mouse, sequence: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(Mouse, "event", broken)
    messages = TerminalParser().feed(b"p\x1b[<0;1;1M")
    assert short(next(messages)) == "p"
    with pytest.raises(RuntimeError):
        next(messages)


def arrives(data: bytes, *, give_up: bool = True) -> list[str]:
    """The messages in a short form; keys have the names of the keymap."""
    parser = TerminalParser()
    messages = list(parser.feed(data))
    return [*map(short, messages), *(map(short, parser.give_up()) if give_up else ())]


def short(message: Message) -> str:
    match message:
        case events.Key(key=key, character=character):
            return pressed(key, character)
        case events.Paste(text=text):
            return f"paste {text!r}"
        case events.CursorPosition(x=x, y=y):
            return f"position {x} {y}"
        case events.MouseEvent(x=x, y=y, button=button):
            return f"{type(message).__name__} {x} {y} {button}"
    return type(message).__name__


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_nobody_pressed_is_no_key(answer: bytes) -> None:
    assert arrives(b"a" + answer + b"b", give_up=False) == ["a", "b"]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_breaks_off_gives_the_keys_back(answer: bytes) -> None:
    for length in range(3, len(answer)):
        parser = TerminalParser()
        parser.feed(answer[:length])
        parser.give_up()
        assert parser.patience is None
        assert [short(message) for message in parser.feed(b"x")] == ["x"]


@pytest.mark.parametrize("answer", [a for a in ANSWERS.values() if a[:1] == ESC and len(a) > 6])
def test_a_slow_line_may_part_an_answer_behind_its_first_character(answer: bytes) -> None:
    if answer[2:3].isdigit() or answer[1:2] in b"]P_^X":
        parser = TerminalParser()
        assert not list(parser.feed(answer[:1]))
        assert [short(message) for message in parser.give_up()] == ["escape"]
        assert not list(parser.feed(answer[1:]))


SPECIFIC = [
    a for a in ANSWERS.values() if a[1:2] in b"[P_]" and (a[2:3] in b"0123456789<>?!G") and len(a) > 6
]


@pytest.mark.parametrize("answer", SPECIFIC)
def test_a_slow_line_may_part_the_rest_of_an_answer_once_more(answer: bytes) -> None:
    for length in range(5, len(answer)):
        parser = TerminalParser()
        parser.feed(answer[:1])
        parser.give_up()
        assert not list(parser.feed(answer[1:length]))
        assert [short(message) for message in parser.feed(answer[length:] + b"x")] == ["x"]


@pytest.mark.parametrize("keys", [b"[", b"P", b"PP", b"P1", b"PN", b"]x", b"[1", b"_G", b"1", b"[["])
def test_keys_behind_a_key_esc_are_keys(keys: bytes) -> None:
    parser = TerminalParser()
    parser.feed(b"\x1b")
    parser.give_up()
    assert [short(message) for message in parser.feed(keys)] == [*keys.decode()]


def test_a_key_that_a_slow_line_parts_is_not_two_others() -> None:
    for data in (b"\x1b[A", b"\x1bOA"):
        parser = TerminalParser()
        parser.feed(data[:1])
        parser.give_up()
        assert [short(message) for message in parser.feed(data[1:])] == ["up"]


PIECES = [
    *ANSWERS.values(),
    b"\x1b[200~a\x1b[31mb\r\x1b[201~",
    "é日\U0001f600".encode(),
    b"\xff",
    b"\xc3(",
]
PIECES += [
    b"\x1b[1;5C",
    b"\x1bx",
    b"\x1bOP",
    b"\x1b[112:80;2u",
    b"\x1b[<0;3;4M",
    b"q",
    b"\r",
    b"\x1b\x1b[A",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.data())
def test_it_is_the_same_wherever_the_reads_are_split(pieces: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=12)))
    parser = TerminalParser()
    found: list[str] = []
    for start, end in itertools.pairwise([0, *cuts, len(whole)]):
        found += map(short, parser.feed(whole[start:end]))
    assert [*found, *map(short, parser.give_up())] == arrives(whole)


@given(st.binary(max_size=200))
def test_whatever_comes_the_keys_come_back(data: bytes) -> None:
    parser = TerminalParser()
    for message in parser.feed(data):
        if isinstance(message, events.Paste):
            message.text.encode()
    parser.give_up()
    assert parser.patience is None
    assert [short(message) for message in parser.feed(b"x")] == ["x"]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"\xff", ["\ufffd"]),
        (b"\xe9x", ["\ufffd", "x"]),
        (b"\xc3", ["\ufffd"]),
        (b"\x9bp", ["\ufffd", "p"]),
        (b"\xf0\x9f\x98", ["\ufffd", "\ufffd", "\ufffd"]),
    ],
)
def test_bytes_that_are_no_utf8_are_shown_as_such(sent: bytes, keys: list[str]) -> None:
    assert arrives(sent) == keys


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b[112;1u", ["p"]),
        ("\x1b[112;1:2u", ["p"]),
        ("\x1b[112:80;2u", ["P"]),
        ("\x1b[112;2u", ["P"]),
        ("\x1b[112;65u", ["P"]),
        ("\x1b[49:33;2u", ["!"]),
        ("\x1b[112:80;2;80u", ["P"]),
        ("\x1b[112;5u", ["ctrl+p"]),
        ("\x1b[112;3u", ["alt+p"]),
        ("\x1b[112;4u", ["alt+shift+p"]),
        ("\x1b[1079::112;5u", ["ctrl+p"]),
        ("\x1b[1079;;1079u", ["з"]),
        ("\x1b[0;;20320:22909u", ["你", "好"]),
        ("\x1b[57400;129;49u", ["1"]),
        ("\x1b[57414u", ["enter"]),
        ("\x1b[57419;1:1u", ["up"]),
        ("\x1b[32;;32u", ["space"]),
        ("\x1b[27u", ["escape"]),
        ("\x1b[1;2:1C", ["shift+right"]),
        ("\x1b[27;5;105~", ["ctrl+i"]),
        ("\x1b[27;2;33~", ["!"]),
        ("\x1b[27;2;80~", ["P"]),
        ("\x1b[27;2;9~", ["shift+tab"]),
        ("\x1bO2P", ["shift+f1"]),
        ("\x1bOu", ["5"]),
    ],
)
def test_keys_of_the_newer_ways(sent: str, keys: list[str]) -> None:
    assert arrives(sent.encode()) == keys


def test_older_keys_are_what_textual_makes_of_them() -> None:
    """Except for those that Textual reads as Esc and another key, or as control characters."""
    for sequence in [*ANSI_SEQUENCES_KEYS, *map(chr, range(0x20, 0x7F)), "é", "ß", "日"]:
        theirs = XTermParser()
        tokens = [*theirs.feed(sequence), *theirs.feed("")]
        keys = [pressed(t.key, t.character) for t in tokens if isinstance(t, events.Key)]
        with_alt = len(sequence) == 2 and sequence[0] == "\x1b"
        odd = with_alt or len(keys) != 1 or keys[0] < " " or keys[0] == "kp_begin" or "\x01" in keys[0]
        if not odd and not sequence.startswith(("\x1b[3", "\x1b[6", "\x9b")):
            assert arrives(sequence.encode()) == keys, sequence


def test_alt_goes_with_a_key_in_the_same_read_and_an_esc_stands_alone() -> None:
    known = ["alt+x", "alt+shift+q", "alt+f"]
    parser = TerminalParser(escape_delay=0.07, alt_keys=known)
    assert [short(message) for message in parser.feed(b"\x1bx\x1bQ\x1bf")] == known
    assert not list(parser.feed(b"\x1b"))
    assert parser.patience == 0.07
    assert [short(message) for message in parser.give_up()] == ["escape"]
    assert arrives(b"\x1b\x1b") == ["escape", "escape"]


@pytest.mark.parametrize("key", [*"px;=-*/7OPX[]_?", "enter", "tab", "é"])
def test_a_key_soon_after_an_esc_is_not_lost(key: str) -> None:
    """Both may come in one read on a slow line. They mean Alt with the key only if that has a meaning."""
    sent = {"enter": "\r", "tab": "\t"}.get(key, key).encode()
    assert arrives(ESC + sent) == ["escape", key]
    parser = TerminalParser(alt_keys=["alt+p", "alt+shift+o"])
    apart = [*parser.feed(ESC), *parser.feed(sent), *parser.give_up()]
    if key != "O":  # This may be the beginning of an arrow key.
        assert [short(message) for message in apart] == ["escape", key]


def test_alt_with_the_arrows_of_a_mac_and_with_backspace() -> None:
    assert arrives(b"\x1bf\x1bb\x1b\x7f") == ["ctrl+right", "ctrl+left", "ctrl+w"]


def test_control_characters_break_a_string_off() -> None:
    assert arrives(b"\x1b]11;rgb:\x11") == ["ctrl+q"]
    assert arrives(b"\x1b]11;rgb:\x1b[A") == ["up"]
    assert arrives(b"\x1b[?62;\x13") == ["ctrl+s"]


def test_nothing_in_a_paste_is_a_key() -> None:
    sent = b"\x1b[200~one\r\x1b[2;5u\x1b]0;x\x07\x11\x1b[200~\x1b[A\xff\x1b[201~k"
    paste = "one\r\x1b[2;5u\x1b]0;x\x07\x11\x1b[200~\x1b[A\ufffd"
    assert arrives(sent) == [f"paste {paste!r}", "k"]


def test_a_paste_without_an_end_is_handed_over_after_a_second() -> None:
    parser = TerminalParser()
    assert not list(parser.feed(b"\x1b[200~abc\x1b[20"))
    assert parser.patience == scanner.PATIENCE == 1.0
    assert [short(message) for message in parser.give_up()] == ["paste 'abc'"]
    assert [short(message) for message in parser.feed(b"d")] == ["d"]


def test_what_is_too_long_is_given_up_at_the_next_pause_and_its_rest_is_no_key() -> None:
    many = b"0123456789" * (scanner.MOST // 10 + 1)
    for begin, kept in ((b"\x1b[200~", 1), (b"\x1b]52;c;", 0), (b"\x1b[<0;", 0), (b"\x1b[", 0)):
        parser = TerminalParser()
        messages = [*parser.feed(begin + many), *parser.feed(b"12345")]
        assert [type(message) for message in messages] == [events.Paste] * kept
        assert parser.patience == scanner.PAUSE
        assert not list(parser.give_up())
        assert [short(message) for message in parser.feed(b"p")] == ["p"]


def test_a_long_paste_that_ends_is_cut_and_keys_follow() -> None:
    sent = b"\x1b[200~" + b"a" * (scanner.MOST + 9) + b"\x1b[201~p"
    (paste, key) = TerminalParser().feed(sent)
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == scanner.MOST
    assert short(key) == "p"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"\x1b[<0;3;4M", "MouseDown 2 3 1"),
        (b"\x1b[<0;3;4m", "MouseUp 2 3 1"),
        (b"\x1b[<2;3;4M", "MouseDown 2 3 3"),
        (b"\x1b[<32;3;4M", "MouseMove 2 3 1"),
        (b"\x1b[<35;3;4M", "MouseMove 2 3 0"),
        (b"\x1b[<64;3;4M", "MouseScrollUp 2 3 0"),
        (b"\x1b[<65;3;4M", "MouseScrollDown 2 3 0"),
        (b"\x1b[I", "AppFocus"),
        (b"\x1b[O", "AppBlur"),
        (b"\x1b[12;40R", "position 39 11"),
        (b"\x1b[1;2R", "position 1 0"),
        (b"\x1b[?2026;2$y", "TerminalSupportsSynchronizedOutput"),
    ],
)
def test_reports_that_are_asked_for(sent: bytes, said: str) -> None:
    assert arrives(sent) == [said]


def test_after_a_report_of_the_size_the_mouse_is_in_cells_all_the_same() -> None:
    assert arrives(b"\x1b[48;24;80;384;800t\x1b[<0;20;2M") == ["MouseDown 19 1 1"]
