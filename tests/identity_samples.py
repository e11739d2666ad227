"""Short reports for tests of what a document says of itself: title, preamble, and sections with little in them."""

from __future__ import annotations

from build.report import Problem, Report
from tests.assertions import read_bytes, read_text

PLAIN = "本报告照《条例》写成。"
SECTIONS = """一、总体情况
全年照章办事。
二、主动公开政府信息情况
见本机关网站。
三、收到和处理政府信息公开申请情况
共收到3件。
四、政府信息公开行政复议、行政诉讼情况
无。
五、存在的主要问题及改进情况
无。
六、其他需要报告的事项
无。
"""


def described(title: str, preamble: str = PLAIN, above: str = "", below: str = "") -> Report:
    """A report without tables; ``above`` and ``below`` are what a page prints around it."""
    return read_text("\n\n".join(part for part in (above, title, preamble, SECTIONS, below) if part) + "\n")


def codes(report: Report) -> set[str]:
    """The codes of a report's problems."""
    return {problem.code for problem in report.problems}


def problem_of(report: Report, code: str) -> Problem:
    """The one problem of this code."""
    (problem,) = (problem for problem in report.problems if problem.code == code)
    return problem


def refused(text: str) -> Problem:
    """The problem with which a text ends that is no report."""
    (result,) = read_bytes(text.encode())
    assert isinstance(result, Problem), result
    assert (result.code, result.severity) == ("not_a_report", "error")
    return result
