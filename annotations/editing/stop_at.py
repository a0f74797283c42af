"""What a person should look at while going through a text: a suggestion, or a place without one."""

from annotations.learn.name_place import NamePlace
from annotations.model.span import Span

StopAt = Span | NamePlace
