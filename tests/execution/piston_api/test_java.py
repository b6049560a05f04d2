"""Where a Java program of any name is put."""

import pytest

from interview_platform.execution.piston_api.java import placed


@pytest.mark.parametrize(
    "source",
    [
        "public class Main { }",
        "class Node { }\nclass Main { }",
        "package a.b; public class Hello { }",
        "nothing of the sort",
        "",
    ],
)
def test_left_as_it_is(source: str) -> None:
    assert placed(source) == (source, None)


@pytest.mark.parametrize(
    "source",
    [
        "public class Hello { class Main { } }",
        '// class Main {\n/* class Main */ class Hello { String s = "class Main { \\" }"; char c = \'{\'; }',
        'record Hello(int n) { String s() { return """\n  class Main { " }\n """; } } interface Later { }',
    ],
)
def test_beside_a_main_that_calls_it(source: str) -> None:
    main, beside = placed(source)
    assert "Hello.main(args)" in main
    assert beside == ("Hello.java", source)
